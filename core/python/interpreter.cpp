#include "core/python/interpreter.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace rw {

namespace {

constexpr const char* kUsualPath = "/usr/local/bin:/usr/bin:/bin";

bool isProgram(const std::string& path) {
    if (::access(path.c_str(), X_OK) != 0) return false;
    std::array<char, 4> head{};
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), head.size());
    return std::string_view(head.data(), head.size()) ==
           "\x7f"
           "ELF";
}

bool isBelow(const std::string& path, std::string_view folder) {
    return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
}

}  // namespace

std::string programOnPath(const std::string& name) {
    const char* const variable = std::getenv("PATH");
    std::string_view folders = variable != nullptr ? variable : kUsualPath;
    while (!folders.empty()) {
        const std::string_view folder = folders.substr(0, folders.find(':'));
        const std::string path = fmt::format("{}/{}", folder, name);
        if (folder.starts_with('/') && isProgram(path)) return path;
        folders.remove_prefix(std::min(folder.size() + 1, folders.size()));
    }
    return {};
}

std::string interpreterOf(const std::string& venv) {
    if (!venv.empty()) return venv + "/bin/python";
    static const std::string found = programOnPath("python3");
    return found;
}

std::string fingerprintOf(const std::string& code, const std::string& interpreter, bool network) {
    const std::string all = fmt::format("{}\n{}:{}\n{}", network, interpreter.size(), interpreter, code);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(all.data(), all.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) return {};
    std::string hex;
    for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

std::vector<std::string> foldersOf(const std::string& interpreter, const std::string& venv) {
    std::vector<std::string> folders;
    if (!venv.empty()) folders.push_back(venv);
    std::error_code none;
    // <prefix>/bin/python3.11, behind the links of a virtual environment.
    const std::string real = std::filesystem::canonical(interpreter, none).native();
    if (none) return folders;
    const std::string prefix = std::filesystem::path(real).parent_path().parent_path().native();
    // A prefix of / would show everything; that is the system's own, which is in /usr, too.
    if (prefix.size() > 1 && !isBelow(prefix, "/usr")) folders.push_back(prefix);
    return folders;
}

}  // namespace rw
