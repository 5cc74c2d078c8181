// A variant of the pipeline whose rows a test is to expect. App leads it from the page that tried it to the
// panel of the tests.
#pragma once
#include <QString>
#include <memory>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw {
class RollingTape;
}

namespace rw::ui {

struct VariantForTest {
    QString file{};               ///< of the pipeline
    Pipeline pipeline{};          ///< with the parameters of the variant
    std::vector<Variable> set{};  ///< its variables, as far as they have other values
    NodeId node{};                ///< whose rows are expected
    QString name{};               ///< what is varied, in a few words: “size=20s”
    // Whose rows go in; neither: those of the sources.
    QString tape{};                             ///< a file
    std::shared_ptr<const RollingTape> kept{};  ///< a run's newest input
};

}  // namespace rw::ui
