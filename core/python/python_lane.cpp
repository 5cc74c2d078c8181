#include "core/python/python_lane.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "core/data/utf8.h"
#include "core/pipeline/pipeline.h"
#include "core/python/answer_frames.h"
#include "core/python/sandbox.h"

namespace rw {

namespace {

constexpr Millis kStartWithin = 60'000;  ///< with all that the code imports
constexpr Millis kGrace = 500;           ///< in which the process says where it is
constexpr std::size_t kMostNoted = 64 * 1024;
constexpr std::size_t kErrorShown = 400;

/// The lines of “<code>” that a dump of the interpreter has, the last call last.
std::pair<std::string, int> dumpedLines(const std::string& errors) {
    static constexpr std::string_view kLine = "File \"<code>\", line ";
    std::string trace;
    int last = 0;
    for (std::size_t at = errors.find(kLine); at != std::string::npos; at = errors.find(kLine, at)) {
        at += kLine.size();
        const std::string line = errors.substr(at, errors.find('\n', at) - at);
        if (last == 0) last = std::atoi(line.c_str());  // the dump begins with the last call
        trace = "line " + line + (trace.empty() ? "" : "\n") + trace;
    }
    return {trace, last};
}

std::string lastLine(const std::string& text) {
    const std::size_t end = text.find_last_not_of(" \n");
    if (end == std::string::npos) return {};
    const std::size_t begin = text.rfind('\n', end);
    const std::size_t from = begin == std::string::npos ? 0 : begin + 1;
    return excerpt(std::string_view(text).substr(from, end + 1 - from), kErrorShown);
}

}  // namespace

void PythonLane::begin(PythonCall call, const std::string& state) {
    m_call = std::move(call);
    m_state = state;
    if (m_process && !m_process->ended()) {
        enter(Phase::Working);
        return;
    }
    m_process.reset();
    enter(Phase::Starting);
}

void PythonLane::enter(Phase phase) {
    m_phase = phase;
    m_began = systemClock()->steadyMillis();
    Status sent;
    if (phase == Phase::Starting) {
        auto started = WorkerProcess::start(*m_function);
        sent = started.status();
        if (started.ok()) m_process = std::move(*started);
    } else if (phase == Phase::Loading) {
        sent = m_process->send(WorkerProcess::What::Setup, 0, setup());
    } else if (phase == Phase::Working) {
        sent = m_process->send(WorkerProcess::What::Batch, m_call.rows, body());
    }
    if (sent.ok()) return;
    PythonFailure failure;
    failure.kind = PythonFailure::Kind::NotStarted;
    failure.text = sent.error().message;
    failure.fix = sent.error().fix;
    (void)fail(std::move(failure));
}

PythonLane::Step PythonLane::step(Millis within) {
    if (m_phase == Phase::Idle) return Step::Failed;
    auto answer = m_process->answer(within);
    notePrinted();
    if (!answer.ok()) {
        PythonFailure failure;
        failure.kind = PythonFailure::Kind::Broken;
        failure.text = answer.error().message;
        failure.fix = answer.error().fix;
        return fail(std::move(failure));
    }
    if (*answer) return proceed(**answer);
    if (m_process->ended()) return ended();
    const Millis limit = m_phase == Phase::Working ? m_function->timeLimit : kStartWithin;
    return systemClock()->steadyMillis() - m_began > limit + kGrace ? timedOut() : Step::Waiting;
}

PythonLane::Step PythonLane::proceed(const WorkerProcess::Answer& answer) {
    if (answer.what == WorkerProcess::What::Failed) return raised(answer.body);
    switch (m_phase) {
        case Phase::Starting:
            if (!std::exchange(m_toldHow, true)) m_notes.push_back(sandbox().said);
            enter(Phase::Loading);
            break;
        case Phase::Loading: {
            const Json said = Json::parse(answer.body, nullptr, false);
            if (said.is_object()) {
                m_python = said.value("python", "");
                m_numpy = said.value("numpy", "");
            }
            enter(Phase::Working);
            break;
        }
        case Phase::Working:
            return taken(answer);
        case Phase::Idle:
            break;
    }
    return m_phase == Phase::Idle ? Step::Failed : Step::Waiting;
}

PythonLane::Step PythonLane::taken(const WorkerProcess::Answer& answer) {
    auto read = readAnswer(answer.body, answer.rows, *m_function, m_call);
    if (!read.ok()) {
        PythonFailure failure;
        failure.kind = PythonFailure::Kind::Broken;
        failure.text = read.error().message;
        failure.fix = read.error().fix;
        return fail(std::move(failure));
    }
    m_answer = std::move(*read);
    m_phase = Phase::Idle;
    return Step::Answered;
}

PythonLane::Step PythonLane::fail(PythonFailure failure) {
    m_failure = std::move(failure);
    m_process.reset();
    m_phase = Phase::Idle;
    return Step::Failed;
}

PythonFailure::Kind PythonLane::kindNow(PythonFailure::Kind working) const {
    return m_phase == Phase::Starting  ? PythonFailure::Kind::NotStarted
           : m_phase == Phase::Loading ? PythonFailure::Kind::NotLoaded
                                       : working;
}

PythonLane::Step PythonLane::raised(const std::string& body) {
    PythonFailure failure;
    failure.kind = kindNow(PythonFailure::Kind::Raised);
    const Json said = Json::parse(body, nullptr, false);
    std::string text = "an error", trace;
    if (said.is_object()) {
        if (const auto it = said.find("text"); it != said.end() && it->is_string())
            text = it->get<std::string>();
        if (const auto it = said.find("line"); it != said.end() && it->is_number_integer())
            failure.line = it->get<int>();
        if (const auto it = said.find("trace"); it != said.end() && it->is_array()) {
            for (const Json& line : *it) {
                if (line.is_string()) trace += (trace.empty() ? "" : "\n") + line.get<std::string>();
            }
        }
    }
    failure.text = failure.line > 0 ? RW_TEXT("python", "%1 (line %2)").with(text, failure.line)
                                    : RW_TEXT("python", "%1").with(text);
    failure.trace = std::move(trace);
    return fail(std::move(failure));
}

PythonLane::Step PythonLane::ended() {
    PythonFailure failure;
    failure.kind = kindNow(PythonFailure::Kind::Ended);
    std::tie(failure.trace, failure.line) = dumpedLines(m_process->errors());
    const std::string last = failure.line > 0 ? std::string() : lastLine(m_process->errors());
    const std::string how = m_process->ending();
    failure.text = failure.line > 0
                       ? RW_TEXT("python", "The Python process ended: %1 (line %2).").with(how, failure.line)
                   : last.empty() ? RW_TEXT("python", "The Python process ended: %1.").with(how)
                                  : RW_TEXT("python", "The Python process ended: %1, “%2”.").with(how, last);
    return fail(std::move(failure));
}

PythonLane::Step PythonLane::timedOut() {
    PythonFailure failure;
    failure.kind = kindNow(PythonFailure::Kind::TimedOut);
    std::tie(failure.trace, failure.line) = dumpedLines(m_process->errors());
    const std::string limit =
        formatDuration(m_phase == Phase::Working ? m_function->timeLimit : kStartWithin);
    failure.text =
        m_phase != Phase::Working ? RW_TEXT("python", "The code was not loaded within %1.").with(limit)
        : failure.line > 0 ? RW_TEXT("python", "The function did not end within %1; it was in line %2.")
                                 .with(limit, failure.line)
                           : RW_TEXT("python", "The function did not end within %1.").with(limit);
    return fail(std::move(failure));
}

void PythonLane::notePrinted() {
    std::string printed = m_process->takePrinted();
    if (printed.empty() || m_printed >= kMostNoted) return;
    m_printed += printed.size();
    m_notes.push_back(RW_TEXT("python", "Printed: %1").with(excerpt(printed, WorkerProcess::kMostPrinted)));
    if (m_printed >= kMostNoted)
        m_notes.push_back(RW_TEXT("python", "What the function prints from here on is not shown."));
}

std::vector<Text> PythonLane::takeNotes() {
    return std::exchange(m_notes, {});
}

std::string PythonLane::setup() const {
    return setupBody(*m_function, m_state);
}

std::string PythonLane::body() const {
    return callBody(*m_function, m_call);
}

}  // namespace rw
