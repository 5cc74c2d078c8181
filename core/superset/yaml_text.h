// Values as YAML, for readers that follow YAML 1.1 to the letter, as Superset's does. Written here, for it is
// one page: no library of YAML is among ours, and JSON, which YAML is meant to contain, is not always
// YAML 1.1 (“1e-05” is a text there, and some characters may not stand unescaped).
#pragma once
#include <string>

#include "core/pipeline/pipeline.h"

namespace rw {

/// In blocks, an entry a line, in the order of `value`; each text stands between double quotes. Ends with a
/// line break. Bytes that are no UTF-8 become “�”.
std::string yamlText(const Json& value);

}  // namespace rw
