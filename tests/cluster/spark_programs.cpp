#include "tests/cluster/spark_programs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "core/pipeline/pipeline.h"

namespace rw::cluster {

namespace fs = std::filesystem;

namespace {

constexpr int kSilentFor = 300'000;  // ms, of a program that hangs

std::string textOf(const Json& json, const char* member) {
    const auto found = json.is_object() ? json.find(member) : json.end();
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

bool SparkPrograms::spawn() {
    std::array<int, 2> requests{}, answers{};
    if (::pipe2(requests.data(), O_CLOEXEC) != 0) return false;
    if (::pipe2(answers.data(), O_CLOEXEC) != 0) {
        ::close(requests[0]);
        ::close(requests[1]);
        return false;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, requests[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, answers[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, m_log.c_str(), O_CREAT | O_WRONLY | O_APPEND,
                                     0600);
    std::vector<std::string> words{m_python.string(), RILLWRIGHT_SPARK_PROGRAMS};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int failed = ::posix_spawn(&m_child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(requests[0]);
    ::close(answers[1]);
    m_requests = requests[1];
    m_answers = answers[0];
    if (failed == 0) return true;
    m_child = 0;
    end();
    return false;
}

std::string SparkPrograms::line() {
    for (;;) {
        if (const std::size_t cut = m_unread.find('\n'); cut != std::string::npos) {
            std::string found = m_unread.substr(0, cut);
            m_unread.erase(0, cut + 1);
            return found;
        }
        pollfd ready{m_answers, POLLIN, 0};
        std::array<char, 4096> bytes{};
        if (::poll(&ready, 1, kSilentFor) <= 0) return {};
        const ssize_t read = ::read(m_answers, bytes.data(), bytes.size());
        if (read <= 0) return {};
        m_unread.append(bytes.data(), static_cast<std::size_t>(read));
    }
}

void SparkPrograms::end() {
    for (int* const pipe : {&m_requests, &m_answers}) {
        if (*pipe >= 0) ::close(*pipe);
        *pipe = -1;
    }
    m_unread.clear();
    if (m_child <= 0) return;
    // Its input has ended, and so does it; a program that hangs has to be ended.
    for (int waited = 0; ::waitpid(m_child, nullptr, WNOHANG) == 0; ++waited) {
        if (waited == 100) ::kill(m_child, SIGKILL);
        ::usleep(100'000);
    }
    m_child = 0;
}

std::string SparkPrograms::start() {
    if (m_child > 0) return {};
    if (!spawn()) return fmt::format("{} can't be started", m_python.string());
    m_version = textOf(Json::parse(line(), nullptr, false), "version");
    if (!m_version.empty()) return {};
    end();
    return fmt::format("Spark does not start with {}", m_python.string());
}

std::string SparkPrograms::run(const fs::path& program, const std::vector<std::string>& arguments,
                               const fs::path& output) {
    if (std::string why = start(); !why.empty()) return why;
    const Json request{{"program", program.string()}, {"arguments", arguments}, {"output", output.string()}};
    const std::string text = request.dump() + "\n";
    // Shorter than a pipe takes at once.
    const ssize_t written = ::write(m_requests, text.data(), text.size());
    const std::string answer = written == static_cast<ssize_t>(text.size()) ? line() : std::string();
    const Json answered = Json::parse(answer, nullptr, false);
    if (answered.is_object()) return textOf(answered, "error");
    end();
    return fmt::format("Spark ended, or said nothing for {} s", kSilentFor / 1000);
}

}  // namespace rw::cluster
