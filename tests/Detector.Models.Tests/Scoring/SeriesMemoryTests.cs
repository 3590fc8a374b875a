using Detector.Models.Scoring;

namespace Detector.Models.Tests.Scoring;

public sealed class SeriesMemoryTests
{
    private static readonly Plant s_plant = Plant.Run(400, 8, 3, seed: 11);

    [Fact]
    public void Load_WhatWasSaved_ScoresGoOnToTheLastBit()
    {
        using AnomalyModel model = s_plant.Train().Model;
        SeriesMemory memory = model.CreateMemory();
        for (int row = 100; row < 160; row++)
            Scored.Next(model, memory, s_plant.Window(row));
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            memory.Save(writer);
        Assert.Equal(memory.Size, stream.Length);
        stream.Position = 0;
        SeriesMemory loaded = model.CreateMemory();
        using (var reader = new BinaryReader(stream))
            loaded.Load(reader);

        for (int row = 160; row < 200; row++)
            Assert.Equal(Scored.Next(model, memory, s_plant.Window(row)), Scored.Next(model, loaded, s_plant.Window(row)));
    }

    [Fact]
    public void Load_OfAnotherModel_SaysSo()
    {
        using AnomalyModel model = s_plant.Train().Model;
        using var reader = new BinaryReader(new MemoryStream([7, 0, 0, 0, 1, 2, 3]));

        var error = Assert.Throws<InvalidDataException>(() => model.CreateMemory().Load(reader));

        Assert.Contains("holds 7 numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_TwoSeriesOfOneModel_DoNotKnowOfEachOther()
    {
        using AnomalyModel model = s_plant.Train().Model;
        SeriesMemory alone = model.CreateMemory(), first = model.CreateMemory(), second = model.CreateMemory();
        using var tile = new ScoringWorkspace(model.Dimensions);
        for (int row = 100; row < 130; row++)
        {
            double[] odd = s_plant.Window(row);
            odd[^1] += 1000;
            tile.Clear();
            tile.Add(odd, model, second);
            tile.Add(s_plant.Window(row), model, first);
            model.Score(tile);

            Assert.Equal(Scored.Next(model, alone, s_plant.Window(row)), Scored.At(tile, 1));
        }
    }
}
