namespace Detector.Benchmarks;

/// <summary><c>messages FILE</c>: the messages of the pipeline's benchmark, one a line, for whoever is to be compared with it.</summary>
internal static class MessagesCommand
{
    private const int Series = 64, Samples = 1500;

    public static int Run(string file)
    {
        using FileStream output = File.Create(file);
        foreach (byte[] message in PlantMessages.Create(Series, Samples))
        {
            output.Write(message);
            output.WriteByte((byte)'\n');
        }

        return 0;
    }
}
