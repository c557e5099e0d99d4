enum WarmPovertyModel {}
