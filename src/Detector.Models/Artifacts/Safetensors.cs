using System.Buffers.Binary;
using System.Text.Json;

namespace Detector.Models.Artifacts;

/// <summary>The safetensors format (https://github.com/huggingface/safetensors): 8 bytes little-endian header length, a JSON header padded with
/// spaces to a multiple of 8, then the tensors' bytes without gaps. Reading is strict: what the format does not allow is refused.</summary>
public static class Safetensors
{
    private const string Metadata = "__metadata__";
    private const int MaxHeaderBytes = 100_000_000; // the reference implementation's limit

    /// <summary>Writes tensors, larger elements first and then by name, so that the same tensors give the same bytes.</summary>
    /// <exception cref="ArgumentException">A tensor is named <c>__metadata__</c>.</exception>
    public static void Write(
        Stream stream, IReadOnlyDictionary<string, ArtifactTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.ContainsKey(Metadata))
            throw new ArgumentException($"A tensor cannot be named '{Metadata}'; the format keeps that name for itself.", nameof(tensors));

        var ordered = tensors.OrderByDescending(pair => ArtifactTensor.SizeOf(pair.Value.Type)).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var header = Header(ordered, metadata);
        var padded = (header.Length + 7) / 8 * 8;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        stream.Write(length);
        stream.Write(header);
        stream.Write("       "u8[..(padded - header.Length)]);
        foreach (var (_, tensor) in ordered)
            stream.Write(tensor.Bytes.Span);
    }

    /// <summary>Reads to the end of a stream.</summary>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static IReadOnlyDictionary<string, ArtifactTensor> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Read(buffer.ToArray());
    }

    /// <summary>Reads a whole file; the tensors are slices of it.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a safetensors file of F32, F64 and I64 tensors; the message says why.</exception>
    public static IReadOnlyDictionary<string, ArtifactTensor> Read(ReadOnlyMemory<byte> file) => Read(file, out _);

    /// <param name="file">The whole file.</param>
    /// <param name="metadata">The texts under <c>__metadata__</c>.</param>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static IReadOnlyDictionary<string, ArtifactTensor> Read(ReadOnlyMemory<byte> file, out IReadOnlyDictionary<string, string> metadata)
    {
        if (file.Length < 8)
            throw new InvalidDataException($"The file has {file.Length} bytes; its header's length alone takes 8.");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (length > MaxHeaderBytes || length > (ulong)(file.Length - 8))
            throw new InvalidDataException($"The header claims {length} bytes, more than the file's {file.Length} or the format's {MaxHeaderBytes}.");
        var header = file.Slice(8, (int)length);
        if (header.Length == 0 || header.Span[0] != (byte)'{')
            throw new InvalidDataException("The header does not begin with '{'.");

        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Tensors(json.RootElement, file[(8 + header.Length)..], out metadata);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"The header is malformed: {error.Message}", error);
        }
    }

    private static Dictionary<string, ArtifactTensor> Tensors(
        JsonElement header, ReadOnlyMemory<byte> content, out IReadOnlyDictionary<string, string> metadata)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var tensors = new Dictionary<string, ArtifactTensor>(StringComparer.Ordinal);
        var spans = new List<(long Begin, long End)>();
        foreach (var entry in header.EnumerateObject())
        {
            if (entry.NameEquals(Metadata))
            {
                foreach (var text in entry.Value.EnumerateObject())
                    texts.Add(text.Name, text.Value.GetString() ?? throw new FormatException($"metadata '{text.Name}' is null"));
                continue;
            }

            var name = entry.Value.GetProperty("dtype").GetString();
            var type = name switch
            {
                "F32" => TensorType.F32,
                "F64" => TensorType.F64,
                "I64" => TensorType.I64,
                _ => throw new FormatException($"tensor '{entry.Name}' is of type '{name}'; known are F32, F64 and I64"),
            };
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())];
            long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
            if (offsets is not [>= 0 and var begin, var end] || end < begin || end > content.Length)
                throw new FormatException($"tensor '{entry.Name}' lies outside the {content.Length} bytes of content");
            tensors.Add(entry.Name, new ArtifactTensor(type, shape, content[(int)begin..(int)end]));
            spans.Add((begin, end));
        }

        spans.Sort();
        var reached = 0L;
        foreach (var (begin, end) in spans)
            reached = begin == reached ? end : throw new FormatException($"tensors overlap or leave a gap at byte {reached}");
        if (reached != content.Length)
            throw new FormatException($"{content.Length - reached} bytes at the end belong to no tensor");
        metadata = texts;
        return tensors;
    }

    private static byte[] Header(KeyValuePair<string, ArtifactTensor>[] ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(Metadata);
                foreach (var (key, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, text);
                json.WriteEndObject();
            }

            var offset = 0L;
            foreach (var (name, tensor) in ordered)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype"u8, tensor.Type.ToString());
                json.WriteStartArray("shape"u8);
                foreach (var length in tensor.Shape)
                    json.WriteNumberValue(length);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets"u8);
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
