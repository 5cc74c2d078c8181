#include "widgets/panels/log_entry.h"

#include "widgets/document/words.h"

namespace rw::ui {

QString LogEntry::words() const {
    if (text.empty()) return plain;
    return mend.empty() ? translated(text) : translated(text) + QLatin1Char(' ') + translated(mend);
}

}  // namespace rw::ui
