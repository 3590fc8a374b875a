namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor relu() => Native.ts_relu(this);

        public Tensor sigmoid() => Native.ts_sigmoid(this);

        public Tensor silu() => Native.ts_silu(this);

        public Tensor relu_()
        {
            Native.ts_relu_(this);
            return this;
        }

        public Tensor sigmoid_()
        {
            Native.ts_sigmoid_(this);
            return this;
        }

        public Tensor silu_()
        {
            Native.ts_silu_(this);
            return this;
        }

        public Tensor gelu() => Native.ts_gelu(this, false);

        public Tensor gelu(Modules.GELU.Approximate approximate) => Native.ts_gelu(this, approximate == Modules.GELU.Approximate.tanh);

        public Tensor gelu_()
        {
            Native.ts_gelu_(this, false);
            return alias();
        }

        public Tensor gelu_(Modules.GELU.Approximate approximate)
        {
            Native.ts_gelu_(this, approximate == Modules.GELU.Approximate.tanh);
            return alias();
        }

        public Tensor leaky_relu(Scalar negative_slope) => Native.ts_leaky_relu(this, negative_slope);

        public Tensor leaky_relu_(Scalar negative_slope)
        {
            Native.ts_leaky_relu_(this, negative_slope);
            return this;
        }

        public Tensor elu(double alpha = 1) => elu(alpha, 1.0, 1.0);

        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Native.ts_elu(this, alpha, scale, input_scale);

        public Tensor elu_(double alpha = 1) => elu_(alpha, 1.0, 1.0);

        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale)
        {
            Native.ts_elu_(this, alpha, scale, input_scale);
            return this;
        }

        public Tensor softplus(double beta = 1, double threshold = 20) => Native.ts_softplus(this, beta, threshold);

        public Tensor log_sigmoid() => Native.ts_log_sigmoid(this);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Native.ts_softmax(this, dim, Code(dtype));

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Native.ts_log_softmax(this, dim, Code(dtype));
    }
}
