using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    /// <summary>The current CUDA device.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Device CUDA => InitializeDevice(new Device(DeviceType.CUDA));

    public static Device device(string description) => InitializeDevice(new Device(description));

    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    public static Device device(int index) => new(DeviceType.CUDA, index);

    public static Device get_default_device() => CPU;

    public static Device InitializeDevice(Device? device)
    {
        device ??= CPU;
        InitializeDeviceType(device.type);
        return device;
    }

    /// <exception cref="InvalidOperationException">The machine, or this build of libtorch, has no such device.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType switch
    {
        DeviceType.CUDA => cuda.is_available(),
        DeviceType.MPS => false,
        _ => true,
    };

    /// <summary>Where tensors live: a type and, for several of a kind, an index (-1 = the current one).</summary>
    public class Device
    {
        /// <summary>Of "cpu", "cuda" or "cuda:1".</summary>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            type = Parse(parts[0]);
            if (parts.Length == 2) index = int.Parse(parts[1], CultureInfo.InvariantCulture);
        }

        public Device(string deviceType, int index = -1)
        {
            ArgumentNullException.ThrowIfNull(deviceType);
            type = Parse(deviceType);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);

        public Device(int index) => (type, this.index) = (DeviceType.CUDA, index);

        public DeviceType type { get; }

        public int index { get; } = -1;

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index < 0 ? name : $"{name}:{index.ToString(CultureInfo.InvariantCulture)}";
        }

        private static DeviceType Parse(string name) => Enum.Parse<DeviceType>(name.ToUpperInvariant());
    }
}
