// A seed is a story: told twice it is the same, call by call; another seed tells another one.
#include <set>

#include "tests/simulate/story.h"
#include "tests/support/expect.h"
#include "tests/support/sanitizer.h"

using namespace rw::simulated;
using rw::test::expect;

int main() {
    const std::uint64_t seeds = rw::test::affordableCases(12, 3);
    std::set<std::uint64_t> hashes;
    int wentOn = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const Story once = tell(seed, usualSize(), true), again = tell(seed, usualSize(), true);
        expect(once.log.size() > 100, "the log has every call");
        expect(once.log == again.log && once.hash == again.hash && once.wrong == again.wrong,
               "one seed is one story");
        if (once.log != again.log) {
            for (std::size_t i = 0; i < once.log.size() && i < again.log.size(); ++i) {
                if (once.log[i] == again.log[i]) continue;
                std::printf("seed %d differs at “%s”, “%s”\n", static_cast<int>(seed), once.log[i].c_str(),
                            again.log[i].c_str());
                break;
            }
        }
        expect(tell(seed, usualSize(), false).hash == once.hash, "whether it is written down or not");
        hashes.insert(once.hash);
        wentOn += once.wentOn;
    }
    expect(hashes.size() == seeds, "another seed is another story");
    expect(wentOn > 0, "runs resume from checkpoints");
    return rw::test::summary();
}
