// The child process that a function of the user's runs in: started within limits and, where there is one, in a
// sandbox; requests and answers go over two pipes, their content through a file in memory.
#pragma once
#include <sys/types.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/python/python_function.h"

namespace rw {

/// One request at a time, and its answer. What the process writes is not trusted. Ends with this object, with
/// all that it started (without a sandbox: all that stayed in its group), and with this program. One thread at
/// a time.
class WorkerProcess {
 public:
    /// Does not wait for the interpreter: its first answer says that it runs. NotFound: it is not there.
    static Result<std::unique_ptr<WorkerProcess>> start(const PythonFunction& function);
    ~WorkerProcess();  ///< kills it
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    enum class What : std::uint32_t { Setup = 1, Batch = 2, Done = 10, Failed = 11 };
    Status send(What what, std::size_t rows, std::string_view body);

    struct Answer {
        What what = What::Done;
        std::size_t rows = 0;
        std::string body{};
    };
    /// The next answer; waits for one, but no longer than `within`. Nothing: there is none yet, or none comes
    /// any more (ended()).
    Result<std::optional<Answer>> answer(Millis within);
    /// Whether the process has ended, or will answer no more.
    bool ended();
    void kill();
    /// How it ended, for a message: “signal 11”, “exit status 1”.
    std::string ending() const;

    /// What it printed since this was asked last; of a lot the first kMostPrinted bytes.
    std::string takePrinted();
    /// The end of what it wrote to standard error.
    const std::string& errors() const { return m_errors; }
    static constexpr std::size_t kMostPrinted = 4'096;

 private:
    struct Ends {
        int requests = -1, answers = -1, data = -1, printed = -1, errors = -1;
    };
    WorkerProcess(pid_t process, Ends ends) : m_process(process), m_ends(ends) {}
    bool readHeader();
    Result<std::optional<Answer>> taken();
    void takeText(int& from, std::string& text, bool newest);
    void reap(bool wait);
    /// Waits for the end of one that will answer no more, and has it end after a second.
    void reapSoon();

    const pid_t m_process;
    Ends m_ends;
    std::array<char, 24> m_header{};
    std::size_t m_read = 0;  ///< bytes of it
    bool m_closed = false;   ///< no answer comes any more
    std::optional<int> m_status{};
    std::string m_printed{}, m_errors{};
};

}  // namespace rw
