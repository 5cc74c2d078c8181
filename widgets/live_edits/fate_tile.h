// A count of nodes of one fate, and which they are: kept, carried over, lost.
#pragma once
#include <QFrame>

#include "widgets/theme/theme.h"

class QLabel;

namespace rw::ui {

class ElidedLabel;

class FateTile final : public QFrame {
    Q_OBJECT
 public:
    /// `tone`: the role of a label that has its colour.
    FateTile(QString icon, ColorRole role, const char* tone, QWidget* parent = nullptr);

    /// “2 carried over”, and below it `nodes`.
    void set(int count, const QString& word, const QString& nodes);
    int count() const { return m_shown; }
    QString word() const;
    QString nodes() const;

 private:
    void refresh();

    const QString m_name;
    const ColorRole m_role;
    const char* const m_tone;
    int m_shown = 0;
    QLabel *m_icon, *m_count, *m_word;
    ElidedLabel* m_nodes;
};

}  // namespace rw::ui
