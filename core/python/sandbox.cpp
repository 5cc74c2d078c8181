#include "core/python/sandbox.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <system_error>

#include "core/process/program_output.h"
#include "core/python/interpreter.h"

namespace rw {

namespace {

constexpr const char* kProgram = "bwrap";
constexpr Millis kTryFor = 10'000;
/// Folders that are links into /usr on most systems.
constexpr std::array kRootFolders{"/bin", "/sbin", "/lib", "/lib64", "/lib32"};
constexpr std::array kSettings{"/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives",
                               "/etc/localtime"};
constexpr std::array kNetworkSettings{"/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl",
                                      "/etc/ca-certificates", "/etc/pki"};

void show(std::vector<std::string>& words, const std::string& path) {
    words.insert(words.end(), {"--ro-bind-try", path, path});
}

Sandbox tried() {
    std::vector<std::string> words = sandboxWords({}, false);
    words.emplace_back("/usr/bin/true");
    ChildProgram program;
    program.words = std::move(words);
    program.environment = {"PATH=/usr/local/bin:/usr/bin:/bin"};
    const Result<ProgramOutput> ran = runProgram(program, kTryFor);
    Sandbox found;
    found.works = ran.ok() && ran->status == 0;
    if (found.works) {
        found.said = RW_TEXT("python",
                             "The function runs in a sandbox (bubblewrap): it can read /usr and its virtual "
                             "environment, and write only to a /tmp of its own.");
    } else if (!ran.ok() && ran.error().code == ErrorCode::NotFound) {
        found.said = RW_TEXT("python",
                             "The function runs without a sandbox, with all that this user may do: "
                             "bubblewrap is not installed.");
    } else {
        const std::string why = ran.ok() ? ran->text.substr(0, ran->text.find('\n')) : english(ran.error());
        found.said = RW_TEXT("python",
                             "The function runs without a sandbox, with all that this user may do: "
                             "bubblewrap does not work here (%1).")
                         .with(why);
    }
    return found;
}

}  // namespace

const Sandbox& sandbox() {
    static const Sandbox found = tried();
    return found;
}

std::vector<std::string> sandboxWords(const std::vector<std::string>& shown, bool network) {
    std::vector<std::string> words{kProgram, "--unshare-all", "--die-with-parent", "--new-session",
                                   "--ro-bind", "/usr", "/usr"};
    if (network) words.emplace_back("--share-net");
    for (const char* const folder : kRootFolders) {
        std::error_code none;
        const std::filesystem::path target = std::filesystem::read_symlink(folder, none);
        if (none) {
            show(words, folder);
        } else {
            words.insert(words.end(), {"--symlink", target.native(), folder});
        }
    }
    for (const char* const file : kSettings) show(words, file);
    for (const char* const file : kNetworkSettings) {
        if (network) show(words, file);
    }
    words.insert(words.end(), {"--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"});
    for (const std::string& folder : shown) show(words, folder);
    words.insert(words.end(), {"--chdir", "/tmp", "--"});
    return words;
}

}  // namespace rw
