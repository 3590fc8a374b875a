namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor argsort(long dim = -1, bool descending = false) => Native.ts_argsort(this, dim, descending);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
        {
            var values = Native.ts_sort(this, dim, descending, stable, out var indices);
            return (values, indices);
        }

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
        {
            var values = Native.ts_topk(this, k, dim, largest, sorted, out var indexes);
            return (values, indexes);
        }

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Native.ts_quantile(this, q, dim, keepdim);

        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) => Native.ts_nanquantile(this, q, dim, keepdim);

        public Tensor cumsum(long dim, ScalarType? type = null) => Native.ts_cumsum(this, dim, Code(type));

        public Tensor cumprod(long dim, ScalarType? type = null) => Native.ts_cumprod(this, dim, Code(type));

        public Tensor logsumexp(long dim, bool keepdim = false) => Native.ts_logsumexp(this, dim, keepdim);

        public Tensor count_nonzero(long[]? dims = null) => Native.ts_count_nonzero(this, dims, dims?.Length ?? 0);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Native.ts_bincount(this, weights, minlength);

        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) =>
            Native.ts_cov(this, correction, fweights, aweights);

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Native.ts_diff(this, n, dim, prepend, append);
    }
}
