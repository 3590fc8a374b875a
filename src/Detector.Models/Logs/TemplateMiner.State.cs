namespace Detector.Models.Logs;

/// <summary>What a miner knows, saved and resumed.</summary>
public sealed partial class TemplateMiner
{
    private const byte StateVersion = 1;

    public void Save(BinaryWriter writer)
    {
        writer.Write(StateVersion);
        writer.Write(Lines);
        writer.Write(Evicted);
        var numbers = new Dictionary<LogTemplate, int>();
        writer.Write(_templates.Count);
        foreach (LogTemplate template in _templates.Values)
        {
            numbers.Add(template, numbers.Count);
            writer.Write(template.IdValue);
            writer.Write(template.Count);
            writer.Write(template.IsPinned);
            Write(writer, template.Displayed);
            Write(writer, template.Example.Span);
        }

        writer.Write(_signatures.Count);
        for (Signature? signature = _oldest; signature is not null; signature = signature.Newer)
        {
            writer.Write(numbers[signature.Template]);
            Write(writer, signature.Text);
        }

        writer.Write(_aliases.Count);
        foreach ((ulong from, ulong to) in _aliases)
        {
            writer.Write(from);
            writer.Write(to);
        }
    }

    /// <summary>Resumes what was saved: the same lines then get the same templates.</summary>
    /// <exception cref="InvalidDataException">The bytes are no state of a miner, or of a version that this one does not know.</exception>
    public void Load(BinaryReader reader)
    {
        byte version = reader.ReadByte();
        if (version != StateVersion)
            throw new InvalidDataException($"The template state has version {version}, but only {StateVersion} is known: remove it to begin anew.");
        Clear();
        Lines = reader.ReadInt64();
        Evicted = reader.ReadInt64();
        var templates = new LogTemplate[Bounded(reader.ReadInt32())];
        for (int i = 0; i < templates.Length; i++)
        {
            ulong id = reader.ReadUInt64();
            templates[i] = new LogTemplate(id, reader.ReadInt64(), reader.ReadBoolean(), ReadBytes(reader), ReadBytes(reader));
            _templates.Add(id, templates[i]);
        }

        for (int left = Bounded(reader.ReadInt32()); left > 0; left--)
        {
            LogTemplate template = templates[reader.ReadInt32()];
            byte[] text = ReadBytes(reader);
            var signature = new Signature(text, StableHash.Of(text)) { Template = template };
            template.Signatures.Add(signature);
            _signatures.Add(signature.Hash, signature);
            Link(signature);
        }

        for (int left = Bounded(reader.ReadInt32()); left > 0; left--)
            _aliases.Add(reader.ReadUInt64(), reader.ReadUInt64());
        // What meets is of one template already, or not yet often enough met.
        for (Signature? signature = _oldest; signature is not null; signature = signature.Newer)
            Enter(signature);
    }

    private void Clear()
    {
        _signatures.Clear();
        _meetings.Clear();
        _stars.Clear();
        _templates.Clear();
        _aliases.Clear();
        _newest = _oldest = null;
    }

    private static int Bounded(int count) =>
        count is >= 0 and < 1 << 24 ? count : throw new InvalidDataException($"The template state counts {count} entries: it is damaged; remove it to begin anew.");

    private static void Write(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader)
    {
        byte[] bytes = new byte[Bounded(reader.ReadInt32())];
        reader.BaseStream.ReadExactly(bytes);
        return bytes;
    }
}
