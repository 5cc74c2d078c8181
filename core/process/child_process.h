// Another program of this computer: started without a shell, its output taken line by line.
#pragma once
#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/process/program.h"

namespace rw {

/// Its standard input is empty, its environment is the list that it was given, and signals are as for a
/// program of a shell. It leads a group of processes of its own, which all end with it, and with this
/// program, however that ends: a shell that waits for our end then asks the group to end, and kills it after
/// 15 s. One thread at a time.
class ChildProcess {
 public:
    /// NotFound: the program is not there; Denied: it may not be run.
    static Result<std::unique_ptr<ChildProcess>> start(const ChildProgram& program);
    ~ChildProcess();  ///< kills the process if it still runs
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// The next line of its standard output, without its end; waits for one, but no longer than `within`.
    /// Nothing: there is none yet, or none comes any more (outputEnded()). Of a line of more than 16 MB the
    /// rest is dropped.
    std::optional<std::string> line(Millis within);
    bool outputEnded() const { return m_out < 0 && m_lines.empty(); }
    /// The end of its standard error, at most 32 KB.
    const std::string& errors() const { return m_errors; }

    void terminate();  ///< asks it and all of its group to end
    void kill();
    /// Its exit status, or 128 and the signal that ended it, as soon as it has ended; those of its group that
    /// it left behind end then.
    std::optional<int> exitStatus();

 private:
    ChildProcess(pid_t process, int out, int errors) : m_process(process), m_out(out), m_err(errors) {}
    void startGuard(const std::vector<std::string>& environment);
    void endGuard();
    void reap();
    void wait(Millis within);
    void takeOutput();
    void takeErrors();

    const pid_t m_process;
    int m_out, m_err;     ///< -1: closed
    pid_t m_guard = 0;    ///< the shell that waits for our end; 0: there is none
    int m_guardEnd = -1;  ///< whose closing tells it of that
    std::string m_lines{};
    std::size_t m_searched = 0;  ///< bytes of m_lines in which no line ends
    std::string m_errors{};
    std::optional<int> m_exit{};
};

}  // namespace rw
