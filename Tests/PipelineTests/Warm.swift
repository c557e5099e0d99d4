enum WarmPipeline {}
