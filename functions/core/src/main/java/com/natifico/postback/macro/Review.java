package com.natifico.postback.macro;

import com.natifico.postback.macro.Pastes.Paste;
import com.natifico.postback.macro.Template.Correction;
import com.natifico.postback.macro.Template.Finding;
import com.natifico.postback.macro.Template.Kind;
import com.natifico.postback.macro.Template.Parsed;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a source that is about to be saved, or that is shown to its author. Unlike the parser it
 * may take its time: a stored template is not reviewed again when it is expanded.
 */
final class Review {
  private static final int MAX_CORRECTIONS = 5;

  private final String source;
  private final Kind kind;
  private final Vocabulary vocabulary;
  private final Parsed parsed;

  Review(String source, Kind kind, Vocabulary vocabulary) {
    this.source = source;
    this.kind = kind;
    this.vocabulary = vocabulary;
    this.parsed = Template.parse(source, kind, vocabulary);
  }

  Parsed read() {
    if (parsed.errors().stream().anyMatch(error -> error.code().equals("too_long"))) {
      return parsed;
    }
    List<Paste> pastes = Pastes.in(source, kind, vocabulary);
    if (parsed.template() == null) {
      List<Finding> errors = errors(pastes);
      return new Parsed(null, tried(errors, errors), tried(parsed.warnings(), errors));
    }
    List<Finding> warnings = new ArrayList<>(parsed.warnings());
    pastes.forEach(paste -> warnings.add(usable(paste.found(), paste.cleaned())));
    warnings.addAll(Pastes.markedValues(source, kind));
    return new Parsed(parsed.template(), List.of(), tried(warnings, List.of()));
  }

  /** The errors that have another cause than what was pasted, after that cause. */
  private List<Finding> errors(List<Paste> pastes) {
    if (!pastes.isEmpty()) {
      Paste all = pastes.getLast();
      Parsed cleaned = Template.parse(all.cleaned(), kind, vocabulary);
      if (cleaned.errors().size() < parsed.errors().size() || cleaned.template() != null) {
        Finding first = pastes.getFirst().found();
        List<Finding> errors = new ArrayList<>();
        errors.add(
            usable(
                new Finding(
                    first.code(),
                    first.message(),
                    all.cleaned(),
                    new Correction(source, all.cleaned())),
                all.cleaned()));
        errors.addAll(cleaned.errors());
        return errors;
      }
    }
    return parsed.errors().stream().map(this::completed).toList();
  }

  /** The finding with a text that has no errors that can be corrected. */
  private Finding usable(Finding paste, String cleaned) {
    String text = cleaned;
    for (int i = 0; i < MAX_CORRECTIONS; i++) {
      List<Finding> errors = Template.parse(text, kind, vocabulary).errors();
      Correction correction = errors.isEmpty() ? null : errors.getFirst().correction();
      if (correction == null) {
        break;
      }
      text = correction.apply(text);
    }
    return text.equals(cleaned)
        ? paste
        : new Finding(paste.code(), paste.message(), text, new Correction(source, text));
  }

  /** An error about one character is corrected wherever the character is wrong. */
  private Finding completed(Finding error) {
    return switch (error.code()) {
      case "invalid_percent" -> corrected(error, '%');
      case "fragment" -> corrected(error, '#');
      default -> error;
    };
  }

  private Finding corrected(Finding error, char wrong) {
    StringBuilder text = new StringBuilder(source.length() + 8);
    boolean inBraces = false;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      inBraces = c == '{' || (inBraces && c != '}');
      ForeignMacros.Found foreign = inBraces ? null : ForeignMacros.at(source, i);
      if (foreign != null) {
        text.append(foreign.text());
        i = foreign.end() - 1;
      } else if (c == wrong && !inBraces && isWrong(i)) {
        text.append(error.suggestion());
      } else {
        text.append(c);
      }
    }
    return new Finding(
        error.code(), error.message(), error.suggestion(), new Correction(source, text.toString()));
  }

  private boolean isWrong(int at) {
    return source.charAt(at) == '%'
        ? !Percent.isTriplet(source, at)
        : !source.startsWith("{", at + 1) && !HtmlEntities.isNumeric(source, at - 1);
  }

  /** Without the suggestions that do not help. */
  private List<Finding> tried(List<Finding> findings, List<Finding> errors) {
    return findings.stream()
        .map(each -> helps(each, errors) ? each : each.withoutSuggestion())
        .distinct()
        .toList();
  }

  private boolean helps(Finding finding, List<Finding> errors) {
    Correction correction = finding.correction();
    if (correction == null) {
      return true;
    }
    String followed = correction.apply(source);
    Parsed after = Template.parse(followed, kind, vocabulary);
    for (Finding error : after.errors()) {
      if (error.isSameProblem(finding) || errors.stream().noneMatch(error::isSameProblem)) {
        return false;
      }
    }
    return after.warnings().stream().noneMatch(finding::isSameProblem)
        && Pastes.in(followed, kind, vocabulary).stream()
            .map(Paste::found)
            .noneMatch(finding::isSameProblem);
  }
}
