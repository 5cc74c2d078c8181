// What people and services are told of an alert.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/pipeline/pipeline.h"
#include "core/stream/alerts/alert_board.h"

namespace rw {

/// Puts a text into the language of those who are told: english() where nobody translates.
using AlertSpeaker = std::function<std::string(const Text&)>;

/// “core 7 · host a”; empty: the rule has no keys.
std::string alertKeyText(const std::vector<AlertKeyPart>& key);
/// “Alert: Busiest core, core 7”.
Text alertTitle(const AlertLetter& letter);
/// The message, and what there is to say of times and values, a line each. `pipeline`: its name.
std::vector<Text> alertLines(const AlertLetter& letter, const std::string& pipeline);
/// The body of a webhook, one object. Its `text` is what chats show.
Json alertJson(const AlertLetter& letter, const std::string& pipeline, const AlertSpeaker& say);

}  // namespace rw
