#include "core/process/program_output.h"

#include "core/base/readable.h"
#include "core/process/child_process.h"

namespace rw {

namespace {

constexpr std::size_t kMostOutput = std::size_t{1} << 20;
constexpr Millis kChildLook = 50;
constexpr int kBySignal = 128;  ///< and above: of ChildProcess::exitStatus()

void addOutput(std::string& text, const std::string& more) {
    text.append(more, 0, kMostOutput - text.size());
}

}  // namespace

Result<ProgramOutput> runProgram(const ChildProgram& program, Millis within,
                                 const std::atomic<bool>* cancelled) {
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + within;
    RW_TRY_ASSIGN(const auto child, ChildProcess::start(program));
    ProgramOutput said;
    for (;;) {
        const auto line = child->line(kChildLook);
        if (line) addOutput(said.text, *line + "\n");
        // A process that it started may keep its output open for ever: its own end counts.
        if (!line && child->exitStatus()) break;
        if (cancelled && *cancelled)
            return Status(ErrorCode::Cancelled, RW_TEXT("process", "The request was cancelled."));
        if (clock->steadyMillis() >= until)
            return Status(ErrorCode::Io,
                          RW_TEXT("process", "“%1” did not end within %2.")
                              .with(program.words.front(), durationText(within)),
                          RW_TEXT("process", "Try it in a terminal."));
    }
    addOutput(said.text, child->errors());
    const int exit = *child->exitStatus();
    said.status = exit >= kBySignal ? -1 : exit;
    return said;
}

}  // namespace rw
