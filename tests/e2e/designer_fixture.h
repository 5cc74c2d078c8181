// The built program in a folder of its own with its data, started, looked at, worked with and ended.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/e2e/mouse_and_keyboard.h"
#include "tests/e2e/screen_reader.h"
#include "tests/support/child.h"

namespace rw::e2e {

/// Waits and checks throw Failed when the expected state does not come.
class DesignerFixture {
 public:
    /// Opens the display and writes the data that the stories work with: in.csv, kRows rows of k, v and ts,
    /// 10 ms of event time apart.
    explicit DesignerFixture(const std::string& name);
    ~DesignerFixture();
    DesignerFixture(const DesignerFixture&) = delete;
    DesignerFixture& operator=(const DesignerFixture&) = delete;

    static constexpr int kRows = 60'000;
    static constexpr int kRowsPerSecondOfEventTime = 100;

    /// Starts the program with a file of this folder and waits until its window takes the keyboard; `canvas`
    /// is the name of the canvas in its language.
    void start(const std::string& file, const std::string& canvas = "Canvas");
    /// Closes the program with Ctrl+Q and waits for its end.
    void quit();

    /// Waits until it is there, and scrolls to it as a person does: with the wheel, where it is out of sight.
    Element reach(const ElementPath& way);

    std::filesystem::path path(const std::string& file) const { return m_scratch.path() / file; }
    void write(const std::string& file, const std::string& text) const;
    std::string contents(const std::string& file) const;
    /// Waits until the file is there and has something in it.
    void awaitFile(const std::string& file) const;
    /// Rows of a query on one of the folder's databases, cells with '|' between them; none while its table
    /// is not there.
    std::vector<std::string> query(const std::string& database, const std::string& sql) const;

 private:
    Display* m_display;
    testing::ScratchFolder m_scratch;
    int m_program = 0;

 public:
    const ScreenReader screen;
    MouseAndKeyboard input;
};

void check(bool holds, const std::string& what);

/// Plays a story in a folder of that name; the program's exit status: 0 when all went well, else 1, with
/// the failure, the program's own output, and the screen in NAME.ppm.
int play(const std::string& name, const std::function<void(DesignerFixture&)>& story);

}  // namespace rw::e2e
