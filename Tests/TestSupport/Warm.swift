enum W {}
