#include "app/cli/program.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "app/cli/load.h"

namespace rw::cli {

void fillClosedStreams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) >= 0) continue;
        // open() takes the lowest number that is free, which is this one.
        if (::open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY) != stream) return;
    }
}

int becomeDesigner(char** argv) {
    std::error_code ignored;
    const std::filesystem::path folder =
        std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    std::string path = (folder / "rillwright-designer").string();
    ::execv(path.c_str(), argv);
    if (errno == ENOENT) {
        const std::string installed =
            (folder.parent_path() / "libexec/rillwright/rillwright-designer").string();
        ::execv(installed.c_str(), argv);
        if (errno != ENOENT) path = installed;
    }
    const std::string reason = std::system_category().message(errno);
    printMessage("error", "This needs the program “" + path + "”, which can't be started: " + reason +
                              ". Put both programs of Rillwright into one folder");
    return 1;
}

}  // namespace rw::cli
