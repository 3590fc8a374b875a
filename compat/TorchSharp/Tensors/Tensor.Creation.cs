namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor bernoulli(Generator? generator = null) => Native.ts_bernoulli(this, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            Native.ts_bernoulli_(this, p, generator);
            return this;
        }

        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null)
        {
            Native.ts_normal_(this, mean, std, generator);
            return this;
        }

        public Tensor uniform_(double from, double to, Generator? generator = null)
        {
            Native.ts_uniform_(this, from, to, generator);
            return this;
        }

        public Tensor exponential_(double lambda = 1.0, Generator? generator = null)
        {
            Native.ts_exponential_(this, lambda, generator);
            return this;
        }

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Native.ts_multinomial(this, num_samples, replacement, generator);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_empty_like(this, TensorOptions.Like(this, dtype, device, requires_grad));

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_zeros_like(this, TensorOptions.Like(this, dtype, device, requires_grad));

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_ones_like(this, TensorOptions.Like(this, dtype, device, requires_grad));

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_rand_like(this, TensorOptions.Like(this, dtype, device, requires_grad));

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_randn_like(this, TensorOptions.Like(this, dtype, device, requires_grad));

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_full_like(this, value, TensorOptions.Like(this, dtype, device, requires_grad));

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.ts_randint_like(this, low, high, TensorOptions.Like(this, dtype, device, requires_grad));
    }
}
