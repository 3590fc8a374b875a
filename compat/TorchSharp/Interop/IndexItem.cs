namespace TorchSharp;

/// <summary>`Index` in tensor.cpp.</summary>
internal struct IndexItem
{
    internal const long Single = 0, Slice = 1, Ellipsis = 2, NewAxis = 3, Boolean = 4, Tensor = 5;

    internal long Kind;
    internal long Start, Stop, Step;
    internal Flag HasStart, HasStop, HasStep;
    internal nint Handle;
}
