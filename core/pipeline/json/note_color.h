// The colour of a comment. Like the saved queries it is a word of the contract that is stored with unknown
// keys: versions before it keep it.
#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "core/pipeline/pipeline.h"

namespace rw {

/// Of a comment in a .rill file, and of Note::unknown, where it stands first.
inline constexpr char kColorKey[] = "color";

enum class NoteColor { None, Blue, Green, Amber, Red, Violet };
inline constexpr std::array kNoteColors{NoteColor::None,  NoteColor::Blue, NoteColor::Green,
                                        NoteColor::Amber, NoteColor::Red,  NoteColor::Violet};

/// "amber", as the file has it; empty for none.
std::string_view noteColorName(NoteColor color);
/// Nothing where `value` is no colour that this version knows.
std::optional<NoteColor> readNoteColor(const Json& value);

/// None also where the comment has one that this version does not know.
NoteColor noteColorOf(const Note& note);
void setNoteColor(Note& note, NoteColor color);

/// The colour as the file has it, whatever that is; nothing: the comment has none.
std::optional<Json> writtenColor(const Note& note);
void setWrittenColor(Note& note, const std::optional<Json>& color);

}  // namespace rw
