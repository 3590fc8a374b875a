using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x·Wᵀ + b, initialised uniformly in ±1/√inputs as PyTorch does.</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = nameof(bias))]
        private Parameter? _bias;

        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
        {
            (out_features, in_features) = (weight.size(0), weight.size(1));
            this.weight = weight;
            if (bias is not null) this.bias = bias;
        }

        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
        {
            (in_features, out_features) = (inputSize, outputSize);
            weight = empty(outputSize, inputSize, dtype, device).AsParameter();
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (!hasBias) return;
            bias = empty(outputSize, dtype, device).AsParameter();
            var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
            nn.init.uniform_(bias!, -bound, bound);
        }

        public long in_features { get; set; }

        public long out_features { get; set; }

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

        public override Tensor forward(Tensor input) => Native.ts_linear(input, weight, _bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static Modules.Linear Linear(Modules.Parameter weight, Modules.Parameter? bias = null) => new(weight, bias);

            public static partial class functional
            {
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Native.ts_linear(input, weights, bias);
            }
        }
    }
}
