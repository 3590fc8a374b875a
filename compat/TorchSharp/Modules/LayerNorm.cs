using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Normalises over the last dimensions; Ba et al. 2016.</summary>
    public sealed class LayerNorm : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(bias))]
        private Parameter? _bias;

        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            this.normalized_shape = normalized_shape;
            this.eps = eps;
            this.elementwise_affine = elementwise_affine;
            if (elementwise_affine) weight = ones(normalized_shape, dtype, device).AsParameter();
            if (elementwise_affine && bias) this.bias = zeros(normalized_shape, dtype, device).AsParameter();
        }

        public long[] normalized_shape { get; set; }

        public double eps { get; set; }

        public bool elementwise_affine { get; set; }

        public Parameter weight
        {
            get => _weight!;
            set => SetParameter(ref _weight, nameof(weight), value);
        }

        public Parameter? bias
        {
            get => _bias;
            set => SetParameter(ref _bias, nameof(bias), value);
        }

        public override Tensor forward(Tensor input) => nn.functional.layer_norm(input, normalized_shape, _weight, _bias, eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
                ScalarType? dtype = null) => new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static Modules.LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
                ScalarType? dtype = null) => new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static partial class functional
            {
                public static Tensor layer_norm(
                    Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                    Native.ts_layer_norm(input, normalized_shape, normalized_shape.Length, weight, bias, eps);
            }
        }
    }
}
