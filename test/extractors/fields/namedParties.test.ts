import { describe, expect, it } from 'vitest';
import { layOut } from '../../../extractors/fields/lines.ts';
import { findPairs } from '../../../extractors/fields/pairs.ts';
import { type Placed, pageOf } from '../paper.ts';

const pairsOf = (...placed: Placed[]) =>
  findPairs(layOut([pageOf(placed)])).map(({ question, answer }) => [question, answer]);

describe('the parties of a contract', () => {
  it('are asked for by what the contract calls them, in brackets behind each', () => {
    expect(
      pairsOf(
        [100, 100, 'This agreement is made on the third of March between'],
        [100, 140, 'Rosewood Holdings LLC, 88 Garden Street,'],
        [100, 162, 'Albany (the "Landlord")'],
        [100, 200, 'and'],
        [100, 240, 'Thomas and Irene Kovac, 14 Mill Lane (hereinafter "Tenant").'],
        [100, 280, 'The Landlord lets the flat described below (the "Premises") to the Tenant.'],
      ),
    ).toEqual([
      ['Landlord', 'Rosewood Holdings LLC, 88 Garden Street, Albany'],
      ['Tenant', 'Thomas and Irene Kovac, 14 Mill Lane'],
    ]);
  });

  it('may have it in a line of its own below, between dashes', () => {
    expect(
      pairsOf(
        [100, 100, 'Zwischen'],
        [100, 130, 'Frau Gudrun Seidel, Parkallee 17'],
        [700, 160, '– nachfolgend „Vermieterin“ genannt –'],
        [100, 190, 'und'],
        [100, 220, 'Herrn Emre Lind, Bachstraße 3'],
        [700, 250, '- im Folgenden „Mieter“ genannt -'],
      ),
    ).toEqual([
      ['Vermieterin', 'Frau Gudrun Seidel, Parkallee 17'],
      ['Mieter', 'Herrn Emre Lind, Bachstraße 3'],
    ]);
  });

  it('may all stand in one sentence', () => {
    expect(
      pairsOf([60, 100, 'between Harbour Freight Ltd, Leeds ("Client"), and Bluefin Cleaning Ltd, Hull ("Provider").']),
    ).toEqual([
      ['Client', 'Harbour Freight Ltd, Leeds'],
      ['Provider', 'Bluefin Cleaning Ltd, Hull'],
    ]);
  });

  it('are no quotations, and no goods', () => {
    expect(
      pairsOf(
        [100, 100, 'He said "Tenant" and left the room.'],
        [100, 140, 'The seller delivers all that is listed below (the "Goods") by May.'],
      ),
    ).toEqual([]);
  });

  it('may head the lines of their names and addresses', () => {
    expect(
      pairsOf(
        [100, 100, 'Client'],
        [600, 100, 'Contractor'],
        [100, 122, 'Hotel Seeblick OHG'],
        [600, 122, 'Aufzug Lindner GmbH'],
        [100, 144, '88709 Meersburg'],
        [600, 144, 'Industriering 22'],
        [600, 166, '88046 Friedrichshafen'],
        [100, 230, 'The lift is looked after four times a year.'],
      ),
    ).toEqual([
      ['Client', 'Hotel Seeblick OHG 88709 Meersburg'],
      ['Contractor', 'Aufzug Lindner GmbH Industriering 22 88046 Friedrichshafen'],
    ]);
  });
});
