// What a sample was asked with, so that more can be asked about the same rows. Inside of widgets/sample.
#pragma once
#include <cstddef>
#include <memory>

#include "core/look/look.h"
#include "widgets/background/latest.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/sample/heard_here.h"

namespace rw::ui {

/// Of each port, those of which fields show what an expression gives.
inline constexpr std::size_t kRowsBesideFields = 1'000;

/// How samples are taken.
struct SampleRequest {
    bool closeOpenWindows = true;
    bool spread = false;  ///< as SampleLimits
    bool operator==(const SampleRequest&) const = default;
};

/// Immutable, for any thread.
struct SampleQuestion {
    Pipeline pipeline{};
    ValidateOptions validating{};
    TrustQuestion trust{};
    std::shared_ptr<const Catalogue> catalogue{};
    NodeId node{};
    SampleRequest request{};
    HeardOnceRef heard = std::make_shared<HeardOnce>(HeardHere());
};

/// On the thread of the work: asks whether the pipeline is trusted. Both outlive the request.
LookRequest requestOf(const SampleQuestion& question, const Latest::Question& asked);

}  // namespace rw::ui
