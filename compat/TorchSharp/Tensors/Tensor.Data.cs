using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The raw memory of a contiguous tensor on the CPU; valid as long as the tensor lives.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous, or not on the CPU.</exception>
        public Span<byte> bytes
        {
            get
            {
                var size = CheckBytes();
                if (size > int.MaxValue) throw new ArgumentException("A span holds at most int.MaxValue bytes.");
                unsafe
                {
                    return new Span<byte>((void*)DataPointer(), (int)size);
                }
            }
            set
            {
                var size = CheckBytes();
                if (size != value.Length) throw new ArgumentException($"The tensor has {size} bytes, the value {value.Length}.");
                unsafe
                {
                    value.CopyTo(new Span<byte>((void*)DataPointer(), value.Length));
                }
            }
        }

        /// <summary>Typed access to the elements, copied to the CPU first if they are elsewhere.</summary>
        /// <exception cref="ArgumentException">T is not the tensor's element type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            CheckType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The value of a tensor of one element.</summary>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            CheckType(typeof(T));
            if (device_type == DeviceType.CPU) return Read<T>();
            using var copy = cpu();
            return copy.Read<T>();
        }

        public Scalar ToScalar()
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            return dtype switch
            {
                ScalarType.Bool => item<bool>(),
                ScalarType.Byte => item<byte>(),
                ScalarType.Int8 => item<sbyte>(),
                ScalarType.Int16 => item<short>(),
                ScalarType.Int32 => item<int>(),
                ScalarType.Int64 => item<long>(),
                ScalarType.Float32 => item<float>(),
                ScalarType.Float64 => item<double>(),
                _ => WideScalar(),
            };
        }

        internal nint DataPointer()
        {
            Native.ts_data(this, out var pointer);
            return pointer;
        }

        private Scalar WideScalar()
        {
            using var wide = to_type(ScalarType.Float64);
            return wide.item<double>();
        }

        private unsafe T Read<T>() where T : unmanaged => *(T*)DataPointer();

        private long CheckBytes()
        {
            if (!is_contiguous()) throw new InvalidOperationException("The bytes of a tensor that is not contiguous cannot be spanned.");
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException("Move or copy the tensor to the cpu before reading its bytes.");
            return NumberOfElements * ElementSize;
        }

        private void CheckType(Type type)
        {
            if (ToScalarType(type) != dtype) throw new ArgumentException($"{type.Name} is not compatible with {dtype}");
        }
    }
}
