// The help page “From the canvas to a cluster in ten steps”, played.
#pragma once
#include <filesystem>

#include "tests/e2e/designer_fixture.h"
#include "tests/pictures/words.h"

namespace rw::pictures {

/// Leaves, for each picture of the page, the screen as “<name>.ppm” in `into`, and beside it “<name>.crop”
/// with the part that matters, “640x480+10+20”. `source`: the project's folder. Needs the Flink of
/// app/cluster.
void playTenSteps(e2e::DesignerFixture& designer, const Words& words, const std::filesystem::path& source,
                  const std::filesystem::path& into);

}  // namespace rw::pictures
