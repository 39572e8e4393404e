import { describe, expect, it } from 'vitest';
import { layOut } from '../../../extractors/fields/lines.ts';
import { findPairs } from '../../../extractors/fields/pairs.ts';
import { type Placed, pageOf } from '../paper.ts';

const pairsOf = (...placed: Placed[]) =>
  findPairs(layOut([pageOf(placed, 'ocr')])).map(({ question, answer }) => [question, answer]);

describe('a fax cover or memo', () => {
  it('gives what stands behind each colon, over several lines, and nothing for what nobody filled in', () => {
    expect(
      pairsOf(
        [500, 40, 'FACSIMILE TRANSMITTAL SHEET'],
        [100, 120, 'TO: Mr. A. Fielding'],
        [640, 120, 'FROM: J. Okafor'],
        [100, 150, 'COMPANY:'],
        [300, 150, 'Harbour Freight Ltd'],
        [640, 150, 'DATE: 3/1/98'],
        [100, 180, 'FAX NO: 555-0142'],
        [640, 180, 'TOTAL NO. OF PAGES INCLUDING COVER: 4'],
        [100, 210, 'PHONE:'],
        [640, 210, 'YOUR REFERENCE:'],
        [100, 260, 'SUBJECT: Delivery of the second lot of samples and what is still'],
        [190, 283, 'missing from the first'],
        [100, 340, 'Please call if any page is missing.'],
      ),
    ).toEqual([
      ['TO:', 'Mr. A. Fielding'],
      ['FROM:', 'J. Okafor'],
      ['COMPANY:', 'Harbour Freight Ltd'],
      ['DATE:', '3/1/98'],
      ['FAX NO:', '555-0142'],
      ['TOTAL NO. OF PAGES INCLUDING COVER:', '4'],
      ['SUBJECT:', 'Delivery of the second lot of samples and what is still missing from the first'],
    ]);
  });

  it('takes a name that looks like a label for the answer where it ends the line behind a colon', () => {
    expect(
      pairsOf(
        [100, 100, 'To: Sales Department'],
        [640, 100, 'From: Regional Office'],
        [100, 140, 'Subject:'],
        [240, 140, 'Project Status Report'],
        [100, 180, 'Date:'],
        [240, 180, 'Fax number 555-0142'],
      ),
    ).toEqual([
      ['To:', 'Sales Department'],
      ['From:', 'Regional Office'],
      ['Subject:', 'Project Status Report'],
      ['Fax number', '555-0142'],
    ]);
  });

  it('tells several questions of one run apart', () => {
    expect(pairsOf([100, 100, 'Date: 3/1/98 Time: 10:00 Fax No: 555-0142 Page: 2'])).toEqual([
      ['Date:', '3/1/98'],
      ['Time:', '10:00'],
      ['Fax No:', '555-0142'],
      ['Page:', '2'],
    ]);
    expect(pairsOf([100, 100, 'Name: Ann Lee'], [260, 100, 'Home town: Leeds'])).toEqual([
      ['Name:', 'Ann Lee'],
      ['Home town:', 'Leeds'],
    ]);
  });
});

describe('an approval or registration form', () => {
  it('finds answers under their questions and over empty fields, labels without a colon too', () => {
    expect(
      pairsOf(
        [100, 60, 'Request for travel'],
        [100, 140, 'Name of employee:'],
        [600, 140, 'Cost center:'],
        [110, 165, 'Maria Gomez'],
        [610, 165, '4711'],
        [100, 230, 'Destination'],
        [300, 230, '______'],
        [400, 230, 'Rotterdam'],
        [100, 270, 'Start date 12.04.2019'],
        [100, 310, 'Purpose of journey:'],
        [340, 310, '..........'],
        [100, 350, 'Approved by: ____J. Smith____'],
      ),
    ).toEqual([
      ['Name of employee:', 'Maria Gomez'],
      ['Cost center:', '4711'],
      ['Destination', 'Rotterdam'],
      ['Start date', '12.04.2019'],
      ['Approved by:', 'J. Smith'],
    ]);
  });

  it('reads a grid of labels with values under them, and a question over two lines', () => {
    expect(
      pairsOf(
        [100, 100, 'Last name'],
        [400, 100, 'First name'],
        [700, 100, 'Date of birth'],
        [100, 124, 'Winter'],
        [400, 124, 'Karl'],
        [700, 124, '02.03.1961'],
        [100, 200, 'Name and address of the person'],
        [100, 222, 'to be told: Eva Winter'],
      ),
    ).toEqual([
      ['Last name', 'Winter'],
      ['First name', 'Karl'],
      ['Date of birth', '02.03.1961'],
      ['Name and address of the person to be told:', 'Eva Winter'],
    ]);
  });

  it('reads ruled cells whose captions bear numbers, with the answers under them', () => {
    expect(
      pairsOf(
        [100, 100, '1. Name of applicant'],
        [120, 124, 'Thomas R. Okafor'],
        [100, 170, '2. Street address'],
        [700, 170, '3. Telephone'],
        [120, 194, '4410 Elm Street'],
        [720, 194, '(502) 555-0199'],
        [100, 240, '4. City'],
        [400, 240, '5. State'],
        [700, 240, '6a) Zip code'],
        [120, 264, 'Louisville'],
        [420, 264, 'Kentucky'],
        [720, 264, '40203'],
        [100, 310, '7. Former names, if any'],
        [700, 310, '8. Trade'],
        [720, 334, 'Carpenter'],
      ),
    ).toEqual([
      ['1. Name of applicant', 'Thomas R. Okafor'],
      ['2. Street address', '4410 Elm Street'],
      ['3. Telephone', '(502) 555-0199'],
      ['4. City', 'Louisville'],
      ['5. State', 'Kentucky'],
      ['6a) Zip code', '40203'],
      ['8. Trade', 'Carpenter'],
    ]);
  });

  it('reads boxes side by side, row by row, though some of their captions are unknown', () => {
    expect(
      pairsOf(
        [100, 100, 'Department'],
        [400, 100, 'Nature of work'],
        [700, 100, 'Project number'],
        [104, 124, 'Accounts'],
        [406, 124, 'Helen Keller'],
        [704, 124, '7/17/80'],
        [100, 150, 'Supplier'],
        [550, 150, 'Reason for request'],
        [106, 174, 'Ann Santos'],
        [556, 174, 'See letter'],
      ),
    ).toEqual([
      ['Department', 'Accounts'],
      ['Nature of work', 'Helen Keller'],
      ['Project number', '7/17/80'],
      ['Supplier', 'Ann Santos'],
      ['Reason for request', 'See letter'],
    ]);
  });

  it('takes a sure word for what it is, though a letter makes it a label, and a list for no table', () => {
    const list: Placed[] = [
      [100, 100, 'City'],
      [400, 100, 'Winston Salem'],
      [100, 130, 'Region'],
      [400, 130, '$37,993.87'],
      [100, 160, 'Subject'],
      [400, 160, 'J. Santos'],
    ];
    expect(pairsOf(...list)).toEqual([
      ['City', 'Winston Salem'],
      ['Region', '$37,993.87'],
      ['Subject', 'J. Santos'],
    ]);
  });

  it('keeps the rows of a table with two columns whose cells look like labels', () => {
    expect(
      pairsOf(
        [100, 100, 'Department'],
        [400, 100, 'Contact person'],
        [100, 130, 'Sales'],
        [400, 130, 'Anna Berg'],
        [100, 160, 'Harbour'],
        [400, 160, 'Jonas Lind'],
        [100, 190, 'Market'],
        [400, 190, 'Ida Falk'],
        [100, 220, 'Canteen'],
        [400, 220, 'Per Holm'],
      ),
    ).toEqual([
      ['Department', 'Sales'],
      ['Department', 'Harbour'],
      ['Department', 'Market'],
      ['Department', 'Canteen'],
      ['Contact person', 'Anna Berg'],
      ['Contact person', 'Jonas Lind'],
      ['Contact person', 'Ida Falk'],
      ['Contact person', 'Per Holm'],
    ]);
  });

  it('tells boxes set two by two apart, though a caption is unknown', () => {
    expect(
      pairsOf(
        [100, 100, 'Department'],
        [400, 100, 'Phone'],
        [104, 124, 'Bookkeeping'],
        [406, 124, '555-0142'],
        [100, 150, 'Supplier'],
        [400, 150, 'Nature of work'],
        [104, 174, 'Ann Santos'],
        [406, 174, 'See letter'],
      ),
    ).toEqual([
      ['Department', 'Bookkeeping'],
      ['Phone', '555-0142'],
      ['Supplier', 'Ann Santos'],
      ['Nature of work', 'See letter'],
    ]);
  });

  it('takes the left column of a list with two columns for questions', () => {
    expect(
      pairsOf(
        [100, 100, 'Blend'],
        [400, 100, 'Virginia'],
        [100, 130, 'Casing'],
        [400, 130, 'B-14 double'],
        [100, 160, 'Moisture'],
        [400, 160, '12.5 %'],
      ),
    ).toEqual([
      ['Blend', 'Virginia'],
      ['Casing', 'B-14 double'],
      ['Moisture', '12.5 %'],
    ]);
  });
});

describe('a survey', () => {
  it.each([
    ['boxes first', [[100, 100, 'Priority: [ ] low [x] high [ ] urgent']], [['Priority:', 'high']]],
    ['boxes behind', [[100, 100, 'Smoker: yes ☒ no ☐']], [['Smoker:', 'yes']]],
    ['several ticked', [[100, 100, 'Colour: ☒ red ☐ green ☑ dark blue']], [['Colour:', 'red dark blue']]],
    [
      'nothing asked before',
      [
        [100, 100, '☐ For review'],
        [400, 100, '☒ Please reply'],
      ],
      [['Please reply', 'X']],
    ],
    [
      'a typed X',
      [
        [100, 100, 'X Urgent'],
        [400, 100, '___ Routine'],
      ],
      [['Urgent', 'X']],
    ],
    ['nothing ticked', [[100, 100, 'Priority: [ ] low [ ] high']], []],
  ] as [string, Placed[], string[][]][])('gives what is ticked: %s', (_, placed, expected) => {
    expect(pairsOf(...placed)).toEqual(expected);
  });
});

describe('a laboratory report', () => {
  it('gives each cell with the head of its column', () => {
    expect(
      pairsOf(
        [100, 100, 'Sample'],
        [400, 100, 'Tar mg'],
        [700, 100, 'Puffs'],
        [100, 130, 'A-14'],
        [410, 130, '11.2'],
        [710, 130, '8.4'],
        [100, 160, 'A-15'],
        [410, 160, '10.9'],
        [710, 160, '8.1'],
      ),
    ).toEqual([
      ['Sample', 'A-14'],
      ['Sample', 'A-15'],
      ['Tar mg', '11.2'],
      ['Tar mg', '10.9'],
      ['Puffs', '8.4'],
      ['Puffs', '8.1'],
    ]);
  });
});

describe('a worn scan', () => {
  it('has labels mended where the engine was unsure, and colons read as stops or semicolons', () => {
    const page = pageOf(
      [
        [100, 100, 'Completion Dace: June 1985'],
        [100, 140, 'Brands; Lights'],
        [100, 180, 'Reason.'],
        [300, 180, 'None'],
      ],
      'ocr',
      0.6,
    );
    expect(findPairs(layOut([page])).map(({ question, answer }) => [question, answer])).toEqual([
      ['Completion Date:', 'June 1985'],
      ['Brands;', 'Lights'],
      ['Reason.', 'None'],
    ]);
    expect(pairsOf([100, 100, 'Dace: June 1985'])).toEqual([['Dace:', 'June 1985']]);
  });
});

describe('running text', () => {
  it('asks nothing', () => {
    expect(
      pairsOf(
        [100, 60, 'ANNUAL REPORT'],
        [100, 100, 'The results of the study were sent to the department in March.'],
        [100, 123, 'Each number was checked twice; the total is given below.'],
        [100, 146, 'Nothing else was asked of the supplier by then.'],
      ),
    ).toEqual([]);
    expect(
      pairsOf(
        [100, 60, '1. Scope'],
        [100, 83, 'This agreement covers the goods named in the first schedule and no others.'],
        [100, 140, '2. Price'],
        [100, 163, 'The price is the one that holds on the day of the order, without tax.'],
        [100, 220, '3. Term'],
        [100, 243, 'Each side may end this agreement within three months, in writing.'],
      ),
    ).toEqual([]);
  });
});
