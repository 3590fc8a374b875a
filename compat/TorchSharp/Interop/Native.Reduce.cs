using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/reduce.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor ts_sum(Tensor t, ReadOnlySpan<long> d, long n, Flag keep, int dtype);
    [LibraryImport(Library)] internal static partial Tensor ts_mean(Tensor t, ReadOnlySpan<long> d, long n, Flag keep, int dtype);
    [LibraryImport(Library)] internal static partial Tensor ts_prod(Tensor t, int dtype);
    [LibraryImport(Library)] internal static partial Tensor ts_prod_dim(Tensor t, long dim, Flag keep, int dtype);
    [LibraryImport(Library)] internal static partial Tensor ts_nansum(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_var(Tensor t, ReadOnlySpan<long> d, long n, Flag unbiased, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_std(Tensor t, ReadOnlySpan<long> d, long n, Flag unbiased, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_norm(Tensor t, double p);
    [LibraryImport(Library)] internal static partial Tensor ts_norm_dim(Tensor t, long dim, Flag keep, double p);
    [LibraryImport(Library)] internal static partial Tensor ts_amax(Tensor t, ReadOnlySpan<long> d, long n, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_amin(Tensor t, ReadOnlySpan<long> d, long n, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_max(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_min(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_max_dim(Tensor t, long dim, Flag keep, out Tensor indices);
    [LibraryImport(Library)] internal static partial Tensor ts_min_dim(Tensor t, long dim, Flag keep, out Tensor indices);
    [LibraryImport(Library)] internal static partial Tensor ts_argmax(Tensor t, ReadOnlySpan<long> dim, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_argmin(Tensor t, ReadOnlySpan<long> dim, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_argsort(Tensor t, long dim, Flag descending);
    [LibraryImport(Library)] internal static partial Tensor ts_all(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_any(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_all_dim(Tensor t, long dim, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_any_dim(Tensor t, long dim, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_count_nonzero(Tensor t, ReadOnlySpan<long> d, long n);
    [LibraryImport(Library)] internal static partial Tensor ts_median(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_quantile(Tensor t, Tensor q, long dim, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_nanquantile(Tensor t, Tensor q, long dim, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_cumsum(Tensor t, long dim, int dtype);
    [LibraryImport(Library)] internal static partial Tensor ts_cumprod(Tensor t, long dim, int dtype);
    [LibraryImport(Library)] internal static partial Tensor ts_logsumexp(Tensor t, long dim, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_softmax(Tensor t, long dim, int dtype);
    [LibraryImport(Library)] internal static partial Tensor ts_log_softmax(Tensor t, long dim, int dtype);
    [LibraryImport(Library)] internal static partial Tensor ts_sort(Tensor t, long dim, Flag descending, Flag stable, out Tensor indices);
    [LibraryImport(Library)]
    internal static partial Tensor ts_topk(Tensor t, long k, long dim, Flag largest, Flag sorted, out Tensor indices);
    [LibraryImport(Library)]
    internal static partial Tensor ts_cov(Tensor t, long correction, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? fweights,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? aweights);
    [LibraryImport(Library)]
    internal static partial Tensor ts_bincount(Tensor t, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weights, long minlength);
    [LibraryImport(Library)]
    internal static partial Tensor ts_diff(Tensor t, long n, long dim, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? prepend,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? append);
    [LibraryImport(Library)] internal static partial Tensor ts_matmul(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_mm(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_bmm(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_mv(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_dot(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_outer(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_trace(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_addmm(Tensor t, Tensor a, Tensor b, double beta, double alpha);
    [LibraryImport(Library)] internal static partial Outcome ts_addmm_(Tensor t, Tensor a, Tensor b, double beta, double alpha);
    [LibraryImport(Library)] internal static partial Tensor ts_addmv(Tensor t, Tensor a, Tensor b, double beta, double alpha);
    [LibraryImport(Library)] internal static partial Tensor ts_baddbmm(Tensor t, Tensor a, Tensor b, double beta, double alpha);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor ts_einsum(string equation, ReadOnlySpan<nint> tensors, long n);
    [LibraryImport(Library)] internal static partial Tensor ts_cdist(Tensor a, Tensor b, double p);
    [LibraryImport(Library)] internal static partial Tensor ts_cholesky(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_inv(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_pinv(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_det(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_solve(Tensor a, Tensor b, Flag left);
    [LibraryImport(Library)]
    internal static partial Tensor ts_solve_triangular(Tensor a, Tensor b, Flag upper, Flag left, Flag unitriangular);
    [LibraryImport(Library)] internal static partial Tensor ts_eigh(Tensor t, Flag upper, out Tensor vectors);
    [LibraryImport(Library)] internal static partial Tensor ts_eigvalsh(Tensor t, Flag upper);
    [LibraryImport(Library)] internal static partial Tensor ts_slogdet(Tensor t, out Tensor logabsdet);
    [LibraryImport(Library)] internal static partial Tensor ts_qr(Tensor t, int mode, out Tensor r);
    [LibraryImport(Library)] internal static partial Tensor ts_svd(Tensor t, Flag fullMatrices, out Tensor s, out Tensor vh);
    [LibraryImport(Library)] internal static partial Tensor ts_svdvals(Tensor t);
    [LibraryImport(Library)]
    internal static partial Tensor ts_linalg_norm(Tensor t, Scalar? order, ReadOnlySpan<long> d, long n, Flag keep);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial Tensor ts_linalg_norm_named(Tensor t, string order, ReadOnlySpan<long> d, long n, Flag keep);
    [LibraryImport(Library)] internal static partial Tensor ts_vector_norm(Tensor t, double order, ReadOnlySpan<long> d, long n, Flag keep);
}
