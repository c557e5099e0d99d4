enum WarmEndToEnd {}
