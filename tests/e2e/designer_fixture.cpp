#include "tests/e2e/designer_fixture.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/e2e/patience.h"

namespace rw::e2e {

namespace {

void writeRows(const std::filesystem::path& path) {
    std::ofstream file(path);
    file << "k,v,ts\n";
    for (int i = 0; i < DesignerFixture::kRows; ++i) {
        const int ms = i * 10, second = ms / 1000;
        char line[64];
        std::snprintf(line, sizeof line, "%c,%d,2024-03-01 00:%02d:%02d.%03d\n", "ab"[i % 2], i, second / 60,
                      second % 60, ms % 1000);
        file << line;
    }
}

}  // namespace

void check(bool holds, const std::string& what) {
    if (!holds) throw Failed(what);
}

DesignerFixture::DesignerFixture(const std::string& name)
    : m_display(XOpenDisplay(nullptr)), m_scratch("e2e_" + name), screen(m_display), input(m_display) {
    check(m_display != nullptr, "There is no display");
    // A window may go while it is looked at.
    XSetErrorHandler([](Display*, XErrorEvent*) { return 0; });
    XAutoRepeatOff(m_display);  // on a busy machine a key would seem to be held
    writeRows(path("in.csv"));
    write("empty.rill", R"({ "rill": 1, "name": "empty", "nodes": [], "wires": [] })");
    // A home without settings, so that the language and the layout are the first start's.
    for (const char* variable :
         {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        setenv(variable, m_scratch.path().c_str(), 1);
    std::filesystem::permissions(m_scratch.path(),
                                 std::filesystem::perms::owner_all);  // as a runtime folder must be
    setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1", 1);
}

DesignerFixture::~DesignerFixture() {
    if (m_program > 0) {
        kill(m_program, SIGKILL);
        waitpid(m_program, nullptr, 0);
    }
    if (m_display) XCloseDisplay(m_display);
}

void DesignerFixture::start(const std::string& file, const std::string& canvas) {
    const char* program = std::getenv("RILLWRIGHT_PROGRAM");
    check(program != nullptr, "RILLWRIGHT_PROGRAM must name the built program");
    m_program = testing::startChild({program, path(file).string()}, m_scratch.path(), path("log"));
    check(m_program > 0, std::string("It does not start: ") + program);
    screen.awaitFocus({{"frame", file}});
    screen.await({{"list", canvas}});
}

void DesignerFixture::quit() {
    input.press("ctrl+q");
    int status = 0;
    until([&] { return waitpid(m_program, &status, WNOHANG) == m_program; },
          [] { return "The program does not end"; });
    m_program = 0;
    check(status == 0, "The program did not end in order: wait status " + std::to_string(status));
}

Element DesignerFixture::reach(const ElementPath& way) {
    until(
        [&] {
            if (screen.find(way)) return true;
            if (const std::optional<OutOfSight> hidden = screen.outOfSight(way)) {
                // A look takes longer than a notch, most of all in a long list on a busy machine. None of
                // them turns a list by a quarter of what is seen of it.
                const int away = hidden->thing.middleY() - hidden->pane.middleY();
                const int notches = 1 + 4 * std::abs(away) / std::max(hidden->pane.height, 1);
                for (int i = 0; i < notches; ++i) input.wheel(hidden->pane, away > 0);
            }
            return false;
        },
        [&] { return "It cannot be scrolled to: " + describe(way); });
    return screen.await(way);
}

void DesignerFixture::write(const std::string& file, const std::string& text) const {
    std::ofstream(path(file)) << text;
}

std::string DesignerFixture::contents(const std::string& file) const {
    std::ostringstream all;
    all << std::ifstream(path(file)).rdbuf();
    return all.str();
}

void DesignerFixture::awaitFile(const std::string& file) const {
    until([&] { return !contents(file).empty(); }, [&] { return file + " was not written"; });
}

std::vector<std::string> DesignerFixture::query(const std::string& database, const std::string& sql) const {
    std::vector<std::string> rows;
    sqlite3* connection = nullptr;
    const auto add = [](void* into, int count, char** cells, char**) {
        std::string row;
        for (int i = 0; i < count; ++i) row += (i > 0 ? "|" : "") + std::string(cells[i] ? cells[i] : "");
        static_cast<std::vector<std::string>*>(into)->push_back(row);
        return 0;
    };
    if (sqlite3_open_v2(path(database).c_str(), &connection, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK)
        sqlite3_exec(connection, sql.c_str(), add, &rows, nullptr);
    sqlite3_close(connection);
    return rows;
}

int play(const std::string& name, const std::function<void(DesignerFixture&)>& story) {
    try {
        DesignerFixture designer(name);
        try {
            story(designer);
            std::printf("%s: as told\n", name.c_str());
            return 0;
        } catch (const std::exception&) {
            const auto screen = std::filesystem::current_path() / (name + ".ppm");
            designer.screen.keepScreen(screen);
            std::fprintf(stderr, "The screen is in %s\nThe program said: %s\n", screen.c_str(),
                         designer.contents("log").c_str());
            throw;
        }
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "FAIL: %s\n", failed.what());
        return 1;
    }
}

}  // namespace rw::e2e
