enum WarmSocialRegistry {}
