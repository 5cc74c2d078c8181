#include "app/cli/run_tape.h"

#include <fmt/format.h>

#include "app/cli/load.h"
#include "core/base/byte_size.h"
#include "core/base/figures.h"
#include "core/data/text.h"
#include "core/pipeline/run_words.h"

namespace rw::cli {

namespace {

std::string wordsThatRepeat(const RunCommand& command, const std::string& tape) {
    std::string words = replayWords(command.pipeline.file, tape, command.pipeline.variables);
    if (command.parallelism > 0) words += fmt::format(" --parallelism {}", command.parallelism);
    if (command.run.batchRows != RunOptions().batchRows)
        words += fmt::format(" --batch-rows {}", command.run.batchRows);
    if (command.run.executor == ExecutorKind::Seeded)
        words += fmt::format(" --executor seeded --seed {}", command.run.seed);
    return words;
}

}  // namespace

std::string tapeLine(const TapeFile& tape) {
    std::uint64_t rows = 0;
    for (const TapeFile::Track& track : tape.tracks()) rows += track.rows;
    std::string began;
    appendTimestamp(began, tape.head().start.began);
    std::string line = fmt::format("recorded {} UTC, {} in {}", began, figures::counted(rows, "row", "rows"),
                                   english(figures::took(static_cast<double>(tape.span()) / 1000)));
    if (!tape.whole()) {
        line += tape.damaged() ? ", damaged: the rest can't be read" : ", cut off: its end is missing";
        const std::uint64_t left = tape.bytes() - tape.goodBytes();
        if (left > 0 && !tape.damaged())
            line += left == 1 ? std::string(". The last byte is not complete.")
                              : fmt::format(". The last {} are not complete.", english(figures::bytes(left)));
    } else if (!tape.end().failed.ok()) {
        line += ", of a run that failed: " + english(tape.end().failed.error());
    }
    return line;
}

void tellOfReplay(const RunCommand& command, const Replay& replay) {
    printMessage("replaying", command.replayFile + ", " + tapeLine(*replay.tape));
    if (!replay.incomplete.empty()) printMessage("warning", english(replay.incomplete));
    for (const Text& text : replay.differences) printMessage("edited", english(text));
}

void tellOfTape(const RunCommand& command, const Run& run) {
    const std::string& tape = command.recordFile.empty() ? command.replayFile : command.recordFile;
    if (tape.empty()) return;
    const TapeMetrics metrics = run.metrics().tape;
    const bool all = metrics.bytes > 0 && metrics.trouble.empty();
    if (all) {
        printMessage("recorded", fmt::format("{} into {}, {}", figures::counted(metrics.rows, "row", "rows"),
                                             tape, byteSizeText(metrics.bytes)));
    } else if (metrics.on) {
        // Of the first attempt alone, or up to where the disk took no more: the file knows its content.
        const Result<TapeFileRef> file = TapeFile::open(tape);
        printMessage("recorded", file.ok() ? tape + ", " + tapeLine(**file) : english(file.error()));
    }
    if (!run.status().ok()) printMessage("repeat", wordsThatRepeat(command, tape));
}

}  // namespace rw::cli
