namespace TorchSharp;

public static partial class torch
{
    public static class linalg
    {
        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }

        public static Tensor cholesky(Tensor input) => Native.ts_cholesky(input);

        public static Tensor det(Tensor input) => Native.ts_det(input);

        public static (Tensor, Tensor) slogdet(Tensor input)
        {
            var sign = Native.ts_slogdet(input, out var logabsdet);
            return (sign, logabsdet);
        }

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L')
        {
            var values = Native.ts_eigh(input, UPLO == 'U', out var vectors);
            return (values, vectors);
        }

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Native.ts_eigvalsh(input, UPLO == 'U');

        public static Tensor inv(Tensor input) => Native.ts_inv(input);

        public static Tensor pinv(Tensor input) => Native.ts_pinv(input);

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced)
        {
            var q = Native.ts_qr(input, (int)mode, out var r);
            return (q, r);
        }

        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Native.ts_solve(A, B, left);

        public static Tensor solve_triangular(Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false) =>
            Native.ts_solve_triangular(A, B, upper, left, unitriangular);

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            var u = Native.ts_svd(input, fullMatrices, out var s, out var vh);
            return (u, s, vh);
        }

        public static Tensor svdvals(Tensor input) => Native.ts_svdvals(input);

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Native.ts_linalg_norm_named(input, ord, dims, dims?.Length ?? 0, keepdim);

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Native.ts_linalg_norm(input, ord, dims, dims?.Length ?? 0, keepdim);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            Native.ts_linalg_norm(input, ord, dims, dims?.Length ?? 0, keepdim);

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Native.ts_linalg_norm(input, null, dims, dims?.Length ?? 0, keepdim);

        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Native.ts_vector_norm(input, ord, dims, dims?.Length ?? 0, keepdim);
    }
}
