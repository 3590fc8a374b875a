namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor cpu() => Native.ts_to_device(this, (int)DeviceType.CPU, -1, false, false);

        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA) throw new ArgumentException("Not a CUDA device.", nameof(device));
            InitializeDeviceType(DeviceType.CUDA);
            return Native.ts_to_device(this, (int)DeviceType.CUDA, device?.index ?? -1, false, non_blocking);
        }

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Native.ts_to_type(this, (int)type, copy, non_blocking), disposeAfter);

        public Tensor type_as(Tensor tensor)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return to_type(tensor.dtype);
        }

        public Tensor to(
            DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            InitializeDeviceType(deviceType);
            return After(Native.ts_to_device(this, (int)deviceType, deviceIndex, copy, non_blocking), disposeAfter);
        }

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            device = InitializeDevice(device);
            return After(Native.ts_to(this, (int)type, (int)device.type, device.index, copy, non_blocking), disposeAfter);
        }

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            ArgumentNullException.ThrowIfNull(device);
            return to(device.type, device.index, copy, disposeAfter, non_blocking);
        }

        public Tensor to(Tensor other, bool non_blocking = false)
        {
            ArgumentNullException.ThrowIfNull(other);
            return to(other.dtype, other.device, non_blocking);
        }

        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor clone() => Native.ts_clone(this);

        public Tensor contiguous() => Native.ts_contiguous(this);

        /// <summary>The same values in page-locked memory of the host, from which copies to a CUDA device need not wait.</summary>
        public Tensor pin_memory() => Native.ts_pin_memory(this);

        public bool is_pinned()
        {
            Native.ts_is_pinned(this, out Flag pinned);
            return pinned;
        }

        /// <summary>Another handle to the same native tensor, disposed independently of this one.</summary>
        public Tensor alias() => Native.ts_alias(this);

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Native.ts_copy_(this, source, nonBlocking);
            return this;
        }

        /// <summary>Whether `to` with these targets would make a new tensor.</summary>
        internal bool ToWillCopy(ScalarType dtype, Device device) =>
            dtype != this.dtype || device.type != device_type || (device.index >= 0 && device.index != device_index);

        private Tensor After(Tensor result, bool disposeAfter)
        {
            if (disposeAfter) Dispose();
            return result;
        }
    }
}
