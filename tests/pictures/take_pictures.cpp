// take_pictures SOURCE LANGUAGE THEME FOLDER: pictures in one language (en, zh_CN) and one theme (dark,
// light); see ten_steps.h.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/pictures/ten_steps.h"

int main(int count, char** words) {
    if (count != 5) {
        std::fprintf(stderr, "take_pictures SOURCE LANGUAGE THEME FOLDER\n");
        return 2;
    }
    const std::filesystem::path source = words[1], into = words[4];
    const std::string language = words[2], theme = words[3];
    const bool english = language == "en";
    setenv("LC_ALL", english ? "C.UTF-8" : (language + ".UTF-8").c_str(), 1);
    return rw::e2e::play("ten_steps", [&](rw::e2e::DesignerFixture& designer) {
        const rw::pictures::Words names(
            english ? std::filesystem::path() : source / "translations" / ("rillwright_" + language + ".ts"));
        std::filesystem::create_directories(designer.path("Rillwright"));
        designer.write("Rillwright/Rillwright.conf", "[look]\ntheme=" + theme + "\nreduced_motion=true\n");
        rw::pictures::playTenSteps(designer, names, source, into);
    });
}
