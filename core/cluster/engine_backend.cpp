#include "core/cluster/engine_backend.h"

#include <array>

#include "core/cluster/source_check.h"
#include "core/cluster/standing_output.h"
#include "core/pipeline/issue.h"

namespace rw {

namespace {

constexpr std::array kBackends{
#define RW_ENGINE(Name, word) word##Backend,
#include "core/deploy/engines.def"
#undef RW_ENGINE
};

}  // namespace

const EngineBackend& backendOf(Engine engine) {
    return kBackends[static_cast<std::size_t>(engine)]();
}

std::string EngineBackend::pageOf(const Target&, const std::string&, bool) const {
    return {};
}

std::vector<Issue> EngineBackend::misread(const Pipeline&, const Catalogue&, const SourceCheck&) const {
    return {};
}

SeenSources EngineBackend::seenSources(const Pipeline&, const Catalogue&, const SourceCheck&) const {
    return {};
}

std::vector<StandingOutput> EngineBackend::standingOutputs(const ClusterRequest&) const {
    return {};
}

std::unique_ptr<ClusterRun> EngineBackend::watch(ClusterRequest, Deployment) const {
    return nullptr;
}

Deployment EngineBackend::merged(Deployment record, const Deployment&) const {
    return record;
}

void EngineBackend::lookHere(KnownJob&, const std::string&) const {}

Result<std::unique_ptr<JobAsker>> EngineBackend::asker(const Target& target, const SecretSource&) const {
    return Status(ErrorCode::Internal,
                  RW_TEXT("cluster", "Nobody else knows of runs on “%1”.").with(target.name));
}

void EngineBackend::forget(const std::string&, const Deployment&) const {}

std::unique_ptr<ClusterRun> runOnTarget(ClusterRequest request) {
    return backendOf(request.target.engine).deploy(std::move(request));
}

std::unique_ptr<ClusterRun> watchOnTarget(ClusterRequest request, Deployment deployment) {
    return backendOf(deployment.engine).watch(std::move(request), std::move(deployment));
}

bool outlivesUs(Engine engine) {
    return backendOf(engine).facts().outlivesUs;
}

}  // namespace rw
