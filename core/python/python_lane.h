// A lane: one process that runs a function of the user's, and the batch that it has.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/data/batch.h"
#include "core/python/python_function.h"
#include "core/python/worker_process.h"

namespace rw {

/// Rows for one call: those from … from + rows − 1 of a batch that has all of its columns.
struct PythonCall {
    Batch batch{};
    std::size_t from = 0, rows = 0;
    std::vector<std::int32_t> keys{};   ///< keyed: of each row, the place of its key's state
    std::vector<std::string> states{};  ///< keyed: JSON, empty for a new key
};

struct PythonAnswer {
    std::size_t used = 0;  ///< rows of the call that were taken: fewer, where these gave very many
    std::vector<std::uint32_t> origins{};  ///< of each row made, the row of the call; not falling
    std::vector<ColumnRef> columns{};      ///< of PythonFunction::output; null: as in the input
    std::vector<std::pair<std::uint32_t, std::string>> errors{};  ///< rows that failed, by row, and why
    std::vector<std::string> states{};                            ///< keyed: of the call's keys
    std::optional<std::string> state{};  ///< stateful: of the function, where it changed
};

/// Why there is no answer.
struct PythonFailure {
    enum class Kind { NotStarted, NotLoaded, Raised, Ended, TimedOut, Broken };
    Kind kind = Kind::Raised;
    Text text{};
    std::string trace{};  ///< the lines of the user's code that it came through, the last one last
    int line = 0;         ///< the last of them; 0: not known
    Text fix{};
};

/// Starts the process at the first call, and another one behind a failure. One call at a time; never waits
/// longer than it is told, but for a call of the system. Single-threaded.
class PythonLane {
 public:
    explicit PythonLane(PythonFunctionRef function) : m_function(std::move(function)) {}

    /// `state`: of a stateful function, for a process that is started for it; empty: a new one.
    void begin(PythonCall call, const std::string& state);
    enum class Step { Waiting, Answered, Failed };
    /// How far the call is; waits for its answer, no longer than `within`.
    Step step(Millis within);
    PythonAnswer takeAnswer() { return std::move(m_answer); }
    const PythonFailure& failure() const { return m_failure; }
    /// Has the next call start a new process.
    void stop() { m_process.reset(); }

    /// What the function printed, and how it is run, for the notes; of much that it printed the beginning.
    std::vector<Text> takeNotes();
    /// The version of Python and that of numpy (empty: it has none), once a call was answered.
    const std::string& python() const { return m_python; }
    const std::string& numpy() const { return m_numpy; }

 private:
    enum class Phase { Idle, Starting, Loading, Working };
    std::string setup() const;
    std::string body() const;
    void enter(Phase phase);
    Step fail(PythonFailure failure);
    Step proceed(const WorkerProcess::Answer& answer);
    Step taken(const WorkerProcess::Answer& answer);
    Step raised(const std::string& body);
    Step ended();
    Step timedOut();
    void notePrinted();
    /// The kind of a failure in this phase; `working`: where the function was called.
    PythonFailure::Kind kindNow(PythonFailure::Kind working) const;

    const PythonFunctionRef m_function;
    std::unique_ptr<WorkerProcess> m_process{};
    Phase m_phase = Phase::Idle;
    std::int64_t m_began = 0;  ///< steady milliseconds: this phase
    PythonCall m_call{};
    std::string m_state{};
    PythonAnswer m_answer{};
    PythonFailure m_failure{};
    std::string m_python{}, m_numpy{};
    std::vector<Text> m_notes{};
    bool m_toldHow = false;
    std::size_t m_printed = 0;  ///< bytes that were noted
};

}  // namespace rw
