// A file with what a learning node has learnt, as JSON: written by `rillwright model export`, read by the
// parameter `model` of nodes of the same type. resources/help/en/learnt_models.md describes it.
//
// It is a document of the node `score`, too, where the model is linear and there is one: the keys that score
// evaluates come first, and those of this file are ones that it passes over.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/learn/key_models.h"

namespace rw::learn {

/// The number behind "rillwright_model": the version of the whole format.
inline constexpr int kDocumentVersion = 1;
/// Bytes of a file, and those in which its head must be.
inline constexpr std::size_t kMostDocumentBytes = std::size_t{512} << 20,
                             kDocumentHead = std::size_t{4} << 20;

/// Of what node the models are.
struct DocumentHead {
    std::string node{}, method{};  ///< as LearningPlan has them
    std::uint64_t version = 0;     ///< of the model's fields
    ModelOptions options{};
    std::vector<std::string> features{};
    bool scaled = false;
    std::vector<Type> keys{};
};

/// The whole text; `about` says where it is from.
std::string modelDocument(const LearningPlan& plan, const KeyModels& models, std::string_view about);

/// The head; the beginning of a text is enough.
Result<DocumentHead> documentHead(std::string_view text);
/// Whether the models of a file fit a node: an error says what differs, and what helps.
Status fitHead(const DocumentHead& head, const LearningPlan& plan);
/// Takes over the models of a whole text whose keys are among `own`. After an error some were taken over.
Status takeDocument(std::string_view text, const LearningPlan& plan, const KeyGroups& own, KeyModels& models);

}  // namespace rw::learn
