#include "app/cli/say.h"

#include <cstdio>

namespace rw::cli {

void say(const char* what, const std::string& text) {
    std::string line;
    for (const char c : text) {
        const bool control = (c >= 0 && c < ' ') || c == '\x7f';
        if (control && c != '\n' && c != '\t') {
            line += "\xEF\xBF\xBD";
        } else {
            line += c;
        }
    }
    std::fprintf(stderr, "%s: %s\n", what, line.c_str());
}

}  // namespace rw::cli
