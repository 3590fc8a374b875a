namespace Detector.Worker.Ingestion;

/// <summary>How far a followed file was read.</summary>
/// <param name="Known">Bytes at the file's start by which it is told from others.</param>
/// <param name="Fingerprint">SHA-256 of those bytes, in hexadecimal digits.</param>
/// <param name="Offset">Bytes read.</param>
internal sealed record TailPlace(int Known, string Fingerprint, long Offset)
{
    public void Save(BinaryWriter writer)
    {
        writer.Write(Known);
        writer.Write(Fingerprint);
        writer.Write(Offset);
    }

    public static TailPlace Load(BinaryReader reader) => new(reader.ReadInt32(), reader.ReadString(), reader.ReadInt64());
}
