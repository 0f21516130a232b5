"""The national public-service portal (Cổng Dịch vụ công quốc gia): what the province tells it, and reads from it."""
