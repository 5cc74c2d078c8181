#include "core/pipeline/json/note_color.h"

namespace rw {

std::string_view noteColorName(NoteColor color) {
    switch (color) {
        case NoteColor::None:
            break;
        case NoteColor::Blue:
            return "blue";
        case NoteColor::Green:
            return "green";
        case NoteColor::Amber:
            return "amber";
        case NoteColor::Red:
            return "red";
        case NoteColor::Violet:
            return "violet";
    }
    return {};
}

std::optional<NoteColor> readNoteColor(const Json& value) {
    const auto* const name = value.get_ptr<const std::string*>();
    if (name == nullptr || name->empty()) return std::nullopt;
    for (const NoteColor color : kNoteColors) {
        if (noteColorName(color) == *name) return color;
    }
    return std::nullopt;
}

NoteColor noteColorOf(const Note& note) {
    const std::optional<Json> written = writtenColor(note);
    return written ? readNoteColor(*written).value_or(NoteColor::None) : NoteColor::None;
}

void setNoteColor(Note& note, NoteColor color) {
    const std::string_view name = noteColorName(color);
    setWrittenColor(note, name.empty() ? std::nullopt : std::optional<Json>(std::string(name)));
}

std::optional<Json> writtenColor(const Note& note) {
    const auto found = note.unknown.find(kColorKey);
    return found != note.unknown.end() ? std::optional<Json>(*found) : std::nullopt;
}

// First, so that the same comment is the same bytes, whichever came first: the colour or a key of a later
// version.
void setWrittenColor(Note& note, const std::optional<Json>& color) {
    Json keys = Json::object();
    if (color) keys[kColorKey] = *color;
    for (const auto& [key, value] : note.unknown.items()) {
        if (key != kColorKey) keys[key] = value;
    }
    note.unknown = std::move(keys);
}

}  // namespace rw
