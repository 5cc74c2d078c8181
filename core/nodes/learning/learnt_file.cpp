#include "core/nodes/learning/learnt_file.h"

#include <algorithm>

#include "core/base/byte_size.h"
#include "core/connect/files/system_files.h"
#include "core/data/state_reader.h"
#include "core/nodes/learning/learning_params.h"
#include "core/score/taped_model.h"
#include "core/stream/keys/key_groups.h"

namespace rw {

namespace {

Text fewerKeys() {
    return RW_TEXT("learning", "Learn fewer keys: “state_ttl” forgets those that do not come back.");
}

/// The first `most` bytes at most.
Result<std::string> readBytes(const Files& files, const std::string& path, std::size_t most) {
    RW_TRY_ASSIGN(const auto file, files.open(path));
    RW_TRY_ASSIGN(const FileState state, file->state());
    if (state.size > learn::kMostDocumentBytes) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("learning", "The file has %1; models are read up to %2.")
                          .with(byteSizeText(state.size), byteSizeText(learn::kMostDocumentBytes)),
                      fewerKeys());
    }
    std::string bytes(std::min<std::size_t>(most, state.size), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        RW_TRY_ASSIGN(const std::size_t more, file->read(have, std::span(bytes).subspan(have)));
        if (more == 0) break;
        have += more;
    }
    bytes.resize(have);
    return bytes;
}

Status inFile(const std::string& path, const Status& status) {
    if (status.ok()) return {};
    const Error& error = status.error();
    return Status(error.code, RW_TEXT("learning", "“%1”: %2").with(path, error.message), error.fix)
        .at({}, "model");
}

Status fitFile(const Files& files, const learn::LearningPlan& plan) {
    RW_TRY_ASSIGN(const std::string bytes, readBytes(files, plan.startsFrom, learn::kDocumentHead));
    RW_TRY_ASSIGN(const learn::DocumentHead head, learn::documentHead(bytes));
    return learn::fitHead(head, plan);
}

Status takeStates(const std::vector<std::string>& states, learn::KeyModels& models) {
    for (const std::string& state : states) {
        RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
        RW_TRY(models.restore(reader, KeyGroups{}));
    }
    return {};
}

Result<std::string> documentOf(const learn::LearningPlan& plan, const learn::KeyModels& models,
                               std::string_view about) {
    std::string text = learn::modelDocument(plan, models, about);
    if (text.size() <= learn::kMostDocumentBytes) return text;
    return Status(
        ErrorCode::Invalid,
        RW_TEXT("learning", "The models of %1 keys have %2; a file has %3 at most.")
            .with(models.keys(), byteSizeText(text.size()), byteSizeText(learn::kMostDocumentBytes)),
        fewerKeys());
}

}  // namespace

ParamSpec learntFileParam() {
    ParamSpec model = makeParam(
        "model", ParamKind::InputPath, RW_TEXT("learning", "Start from model"),
        RW_TEXT(
            "learning",
            "A file of `rillwright model export`, of a node with the same method and features. A run that "
            "starts anew begins with its models; keys that it does not have start from the prior. A run "
            "that resumes from a checkpoint does not read it."));
    return model;
}

void checkLearntFile(const BoundNode& node, BindContext& context) {
    const learn::LearningPlan& plan = *static_cast<const BoundLearning&>(node).plan;
    if (plan.startsFrom.empty()) return;
    const auto files = systemFiles();
    if (!files->state(plan.startsFrom).ok()) return;  // that was said
    const Status status = fitFile(*files, plan);
    if (!status.ok()) context.error("model", status.error().message, status.error().fix);
}

Result<std::string> learntDocument(const learn::LearningPlan& plan, const std::vector<std::string>& states,
                                   std::string_view about) {
    const auto output = plan.output();
    learn::KeyModels models(plan, *output);
    RW_TRY(takeStates(states, models));
    return documentOf(plan, models, about);
}

Result<std::string> learntDocument(const BoundNode& node, const std::vector<std::string>& states,
                                   std::string_view about) {
    const auto* const learning = dynamic_cast<const BoundLearning*>(&node);
    if (learning == nullptr) {
        return Status(ErrorCode::Invalid, RW_TEXT("learning", "The node does not learn."),
                      RW_TEXT("learning", "Name a node of one of the types that learn."));
    }
    const auto output = learning->plan->output();
    learn::KeyModels models(*learning->plan, *output);
    RW_TRY(takeStates(states, models));
    if (models.keys() == 0) {
        return Status(ErrorCode::NotFound, RW_TEXT("learning", "The node has learnt nothing yet."),
                      RW_TEXT("learning", "Export it from a later checkpoint."));
    }
    return documentOf(*learning->plan, models, about);
}

LearntFile::LearntFile(learn::LearningPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_node(context.node),
      m_clock(context.clock),
      m_files(context.files ? context.files : systemFiles()),
      m_replay(context.replay),
      m_recorder(context.recorder),
      m_waiting(context.instances) {}

Status LearntFile::load() {
    if (m_loaded) return {};
    std::optional<std::string> taped;
    if (m_replay) {
        RW_TRY_ASSIGN(taped, score::modelOnTape(*m_replay, m_node));
    }
    if (taped) {
        m_bytes = *std::move(taped);
    } else {
        Result<std::string> read = readBytes(*m_files, m_plan->startsFrom, learn::kMostDocumentBytes);
        if (!read.ok()) return inFile(m_plan->startsFrom, read.status());
        m_bytes = *std::move(read);
    }
    m_loaded = true;
    if (m_recorder != nullptr)
        m_lookup = m_recorder->addLookup(score::tapedModelOf(m_node, LookupBy::Nothing));
    return {};
}

Status LearntFile::giveTo(const MakeContext& context, learn::KeyModels& models) {
    const std::lock_guard hold(m_mutex);
    RW_TRY(load());
    RW_TRY(inFile(
        m_plan->startsFrom,
        learn::takeDocument(m_bytes, *m_plan, keyGroupsOf(context.instance, context.instances), models)));
    if (--m_waiting == 0 && m_recorder == nullptr) m_bytes = {};
    return {};
}

void LearntFile::record() {
    const std::lock_guard hold(m_mutex);
    if (m_recorder == nullptr || m_recorded || !m_loaded) return;
    m_recorded = true;
    TapeTable whole;
    whole.kind = TapeTable::Kind::Met;
    whole.readAt = m_clock->now();
    score::recordModel(*m_recorder, m_lookup, m_bytes, std::move(whole));
    m_bytes = {};
}

}  // namespace rw
