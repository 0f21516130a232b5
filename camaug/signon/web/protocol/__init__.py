"""The provider on Authlib: its grants and endpoints, with our rows behind them. Nothing here writes by itself."""
