using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Normalises each feature over the batch; Ioffe and Szegedy 2015. In evaluation it uses the running statistics.</summary>
    public sealed class BatchNorm1d : NormBase
    {
        internal BatchNorm1d(
            long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
            : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
        {
        }

        public override Tensor forward(Tensor input)
        {
            ValidateInputDimensions(input);
            var factor = momentum ?? 0;
            if (training && track_running_stats && num_batches_tracked is not null)
            {
                num_batches_tracked.add_(1);
                factor = momentum ?? 1.0 / num_batches_tracked.ToDouble();
            }

            var remembered = !training || track_running_stats;
            return nn.functional.batch_norm(
                input, remembered ? running_mean : null, remembered ? running_var : null, affine ? weight : null, bias,
                training || running_mean is null, factor, eps);
        }

        protected override void ValidateInputDimensions(Tensor input)
        {
            ArgumentNullException.ThrowIfNull(input);
            if (input.ndim is not (2 or 3)) throw new ArgumentException($"expected 2D or 3D input, but got {input.ndim}D input.");
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static partial class functional
            {
                public static Tensor batch_norm(
                    Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null,
                    bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                    Native.ts_batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps);
            }
        }
    }
}
