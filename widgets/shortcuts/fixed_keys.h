// The keys that are no actions: parts of the window handle them themselves, so nobody can choose others.
#pragma once
#include <QKeySequence>
#include <QString>
#include <vector>

namespace rw::ui {

struct FixedKeys {
    QString words{};  ///< what they do
    QString shown{};  ///< as they stand on keyboards
    std::vector<QKeySequence> keys{};
};

struct FixedKeyGroup {
    QString title{};
    std::vector<FixedKeys> lines{};
};

/// Of the canvas, and of charts and fields; in the language of the interface.
std::vector<FixedKeyGroup> fixedKeys();

/// As it stands on keyboards: “Ctrl+Enter”.
QString keysText(const QKeySequence& keys);

}  // namespace rw::ui
