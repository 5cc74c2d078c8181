// Types and checks a pipeline on a thread of its own: looking for input files may take long.
#pragma once
#include <QObject>
#include <QThreadPool>
#include <memory>

#include "core/pipeline/validate.h"
#include "widgets/document/last_summaries.h"

namespace rw::ui {

class Validator : public QObject {
    Q_OBJECT
 public:
    /// The catalogue must outlive the validator.
    explicit Validator(const Catalogue& catalogue, QObject* parent = nullptr);
    ~Validator() override;

    /// Asks for this version. While one is under way only the newest question is kept.
    void request(quint64 version, Pipeline pipeline, ValidateOptions options);

 Q_SIGNALS:
    /// `summaries`: what was last true of nodes that could not be typed.
    void done(quint64 version, const std::shared_ptr<const rw::Validated>& result,
              const rw::ui::LastSummaries::Summaries& summaries);

 private:
    struct Question {
        quint64 version = 0;
        Pipeline pipeline;
        ValidateOptions options;
    };
    void start(Question question);
    void finish(quint64 version, std::shared_ptr<const Validated> result,
                const LastSummaries::Summaries& summaries);

    const Catalogue& m_catalogue;
    LastSummaries m_summaries;  ///< of the thread alone
    QThreadPool m_pool;
    bool m_busy = false;
    std::optional<Question> m_next{};
};

}  // namespace rw::ui
