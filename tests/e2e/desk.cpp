#include "tests/e2e/desk.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace rw::e2e {

namespace {

constexpr int kPatience = 600;  // times the pause below
constexpr auto kPause = std::chrono::milliseconds(50);

Display* openDisplay() {
    Display* display = XOpenDisplay(nullptr);
    if (display) return display;
    std::fprintf(stderr, "FAIL: there is no display\n");
    std::exit(1);
}

void writeRows(const std::filesystem::path& path) {
    std::ofstream file(path);
    file << "k,v,ts\n";
    for (int i = 0; i < Desk::kRows; ++i) {
        const int ms = i * 10, second = ms / 1000;
        char line[64];
        std::snprintf(line, sizeof line, "%c,%d,2024-03-01 00:%02d:%02d.%03d\n", "ab"[i % 2], i, second / 60,
                      second % 60, ms % 1000);
        file << line;
    }
}

}  // namespace

Desk::Desk(const std::string& name)
    : m_display(openDisplay()), m_scratch("e2e_" + name), eyes(m_display), hands(m_display) {
    XAutoRepeatOff(m_display);  // on a busy machine a key would seem to be held
    writeRows(path("in.csv"));
    std::ofstream(path("empty.rill"))
        << R"({ "rill": 1, "name": "empty", "nodes": [], "wires": [] })" << '\n';
    // A home without settings, so that the language and the layout are the first start's.
    for (const char* variable :
         {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        setenv(variable, m_scratch.path().c_str(), 1);
    setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1", 1);
}

Desk::~Desk() {
    if (m_program > 0) {
        kill(m_program, SIGKILL);
        waitpid(m_program, nullptr, 0);
    }
    XCloseDisplay(m_display);
}

void Desk::start(const std::string& file) {
    const char* program = std::getenv("RILLWRIGHT_PROGRAM");
    check(program != nullptr, "RILLWRIGHT_PROGRAM must name the built program");
    m_program = testing::startChild({program, path(file).string()}, m_scratch.path(), path("log"));
    eyes.await({{"frame", file}});
    eyes.await({{"", "Canvas"}});
}

void Desk::quit() {
    hands.press("ctrl+q");
    for (int i = 0; i < kPatience; ++i) {
        int status = 0;
        if (waitpid(m_program, &status, WNOHANG) == m_program) {
            m_program = 0;
            check(status == 0, "The program did not end in order: wait status " + std::to_string(status));
            return;
        }
        std::this_thread::sleep_for(kPause);
    }
    eyes.fail("The program does not end");
}

std::vector<std::string> Desk::query(const std::string& database, const std::string& sql) const {
    std::vector<std::string> rows;
    sqlite3* connection = nullptr;
    sqlite3_open_v2(path(database).c_str(), &connection, SQLITE_OPEN_READONLY, nullptr);
    const auto add = [](void* into, int count, char** cells, char**) {
        std::string row;
        for (int i = 0; i < count; ++i) row += (i > 0 ? "|" : "") + std::string(cells[i] ? cells[i] : "");
        static_cast<std::vector<std::string>*>(into)->push_back(row);
        return 0;
    };
    char* why = nullptr;
    sqlite3_exec(connection, sql.c_str(), add, &rows, &why);
    const std::string said = why ? why : "";
    sqlite3_free(why);
    sqlite3_close(connection);
    check(said.empty(), database + ": " + said);
    return rows;
}

void Desk::awaitFile(const std::string& file) const {
    std::error_code ignored;
    for (int i = 0; i < kPatience; ++i) {
        if (std::filesystem::file_size(path(file), ignored) > 0 && !ignored) return;
        std::this_thread::sleep_for(kPause);
    }
    eyes.fail(file + " was not written");
}

}  // namespace rw::e2e
