// One Python with a session of Spark in it, which runs programs of core/deploy one after the other.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace rw::cluster {

/// Single-threaded. Ends the process with it.
class SparkPrograms {
 public:
    /// `python` has pyspark; its other output goes to `log`.
    SparkPrograms(std::filesystem::path python, std::filesystem::path log)
        : m_python(std::move(python)), m_log(std::move(log)) {}
    ~SparkPrograms() { end(); }
    SparkPrograms(const SparkPrograms&) = delete;
    SparkPrograms& operator=(const SparkPrograms&) = delete;

    /// The reason why it can't run, or nothing. Takes some ten seconds the first time, nothing later.
    std::string start();
    const std::string& version() const { return m_version; }  ///< of Spark, once it was started

    /// Runs a program, whose output goes to `output`. The error, or nothing. One that hangs is ended with
    /// the process; the next program gets another one.
    std::string run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const std::filesystem::path& output);

 private:
    bool spawn();
    /// The next line that it says; nothing: it ended, or said nothing for too long.
    std::string line();
    void end();

    std::filesystem::path m_python, m_log;
    std::string m_version{};
    pid_t m_child = 0;
    int m_requests = -1, m_answers = -1;
    std::string m_unread{};
};

}  // namespace rw::cluster
